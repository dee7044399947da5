using System.Net;
using Dadbs.PgWire.Frontend;
using Dadbs.Server.Sessions.Connections;
using Dadbs.Server.Sessions.Results;
using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Storage;

namespace Dadbs.Server.Sessions;

/// <summary>From a startup packet to a session: may this client be this role in this database, and which settings does it bring?</summary>
internal static class SessionStart
{
    /// <exception cref="FatalSessionException">28000, 3D000, or what a bad setting gives.</exception>
    public static Session Open(SessionServices services, StartupPacket.StartupMessage startup, SessionRegistry.Entry entry, IPEndPoint? remote, IPEndPoint? local, SessionOutput output)
    {
        RequireLoopback(startup, remote);
        Snapshot latest = services.Pipeline.Latest;
        CatalogSnapshot shared = services.Catalogs.Get(latest, WellKnownOids.DadbsDatabase);
        RoleDescriptor role = shared.FindRole(startup.User)
            ?? throw new FatalSessionException(SqlState.InvalidAuthorizationSpecification, $"role \"{startup.User}\" does not exist");
        if (!role.CanLogin)
        {
            throw new FatalSessionException(SqlState.InvalidAuthorizationSpecification, $"role \"{startup.User}\" is not permitted to log in");
        }

        DatabaseDescriptor database = shared.FindDatabase(startup.Database)
            ?? throw new FatalSessionException(SqlState.InvalidCatalogName, $"database \"{startup.Database}\" does not exist");
        var state = new SessionState(services, output, role, database)
        {
            ProcessId = entry.ProcessId,
            RemoteEndPoint = remote,
            LocalEndPoint = local,
        };
        try
        {
            ApplySettings(state, startup);
        }
        catch (SqlException refused)
        {
            state.Dispose();
            throw new FatalSessionException(refused.State, refused.Message) { Hint = refused.Hint };
        }

        return Session.Start(state, startup, entry.SecretKey);
    }

    /// <summary>Trust is for this machine only. Until there are passwords and TLS nobody else is let in.</summary>
    private static void RequireLoopback(StartupPacket.StartupMessage startup, IPEndPoint? remote)
    {
        if (remote is not null && !IPAddress.IsLoopback(remote.Address))
        {
            throw new FatalSessionException(
                SqlState.InvalidAuthorizationSpecification,
                $"no pg_hba.conf entry for host \"{remote.Address}\", user \"{startup.User}\", database \"{startup.Database}\", no encryption");
        }
    }

    private static void ApplySettings(SessionState state, StartupPacket.StartupMessage startup)
    {
        state.Settings.IsSuperuser = state.SessionRole.IsSuperuser;
        state.Settings.SetDefault("is_superuser", state.SessionRole.IsSuperuser ? "on" : "off");
        state.Settings.SetDefault("session_authorization", state.SessionRole.Name);
        foreach ((string name, string value) in StartupOptions.Parse(startup.Options))
        {
            SetAtStart(state, name, value);
        }

        foreach (KeyValuePair<string, string> setting in startup.Settings)
        {
            SetAtStart(state, setting.Key, setting.Value);
        }
    }

    /// <summary>Checked as SET is; kept as what RESET goes back to.</summary>
    private static void SetAtStart(SessionState state, string name, string value)
    {
        state.Settings.Set(name, value, isLocal: false);
        state.Settings.Set(name, null, isLocal: false);
        state.Settings.SetDefault(name, value);
    }
}
