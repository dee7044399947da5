using Npgsql;

namespace Dadbs.Server.Hosting;

/// <summary>How the command line talks to a node: as any client does, over SQL.</summary>
internal static class NodeConnection
{
    /// <summary>A small pool to the node at a port of this machine. Types are not loaded: only built-in ones are read.</summary>
    public static NpgsqlDataSource Create(int port)
    {
        var settings = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = "dadbs",
            Database = "dadbs",
            ApplicationName = "dadbs",
            SslMode = SslMode.Disable,
            Timeout = 5,
            MaxPoolSize = 2,
        };
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        builder.ConfigureTypeLoading(types => types.EnableTypeLoading(false));
        return builder.Build();
    }
}
