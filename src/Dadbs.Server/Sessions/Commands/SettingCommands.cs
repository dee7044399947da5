using System.Globalization;
using System.Text;
using Dadbs.Sql;
using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Settings;

namespace Dadbs.Server.Sessions.Commands;

/// <summary>SET, RESET, SHOW and DISCARD.</summary>
internal static class SettingCommands
{
    public static string Set(SessionState session, SetSyntax set)
    {
        string? value = set.IsDefault ? null : TextOf(set);
        if (set.Scope == SettingScope.Local && !session.Block.IsExplicit && !session.Block.IsImplicit)
        {
            session.Notice(NoticeSeverity.Warning, SqlState.NoActiveSqlTransaction, "SET LOCAL can only be used in transaction blocks");
            session.Settings.BeginTransaction();
            Apply(session, set, value);
            session.Settings.RollbackTransaction();
            return "SET";
        }

        Apply(session, set, value);
        return "SET";
    }

    public static string Reset(SessionState session, ResetSyntax reset)
    {
        if (reset.Name is null)
        {
            session.Settings.ResetAll();
        }
        else
        {
            session.Settings.Set(reset.Name, null, isLocal: false);
            session.ResetRole();
        }

        return "RESET";
    }

    public static string Discard(SessionState session, DiscardSyntax discard)
    {
        switch (discard.Target)
        {
            case DiscardTarget.All:
                if (!session.Block.IsIdle)
                {
                    throw new SqlException(SqlState.ActiveSqlTransaction, "DISCARD ALL cannot run inside a transaction block");
                }

                session.Portals.Clear();
                session.Settings.Set("role", null, isLocal: false);
                session.Settings.ResetAll();
                session.ResetRole();
                session.Statements.Clear();
                session.Sequences.Discard();
                return "DISCARD ALL";
            case DiscardTarget.Plans: return "DISCARD PLANS";
            case DiscardTarget.Sequences:
                session.Sequences.Discard();
                return "DISCARD SEQUENCES";
            case DiscardTarget.Temporary: return "DISCARD TEMP";
            default: throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Rows of SHOW: one value, or name, setting and description of all.</summary>
    public static IEnumerable<string[]> Show(SessionState session, ShowSyntax show) => show.Name is null
        ? session.Settings.All().Select(s => new[] { s.Name, s.Value, "" })
        : [[session.Settings.Show(show.Name)]];

    /// <summary>Column names of SHOW.</summary>
    public static string[] ShowColumns(ShowSyntax show) => show.Name is null
        ? ["name", "setting", "description"]
        : [SettingDefinitions.Find(show.Name)?.Name ?? show.Name];

    private static void Apply(SessionState session, SetSyntax set, string? value)
    {
        switch (set.Name)
        {
            case "role":
                RoleDescriptor? role = value is null or "none" ? null : RoleOf(session, value);
                session.Settings.Set("role", role?.Name, set.Scope == SettingScope.Local);
                session.ResetRole();
                break;
            case "session_authorization":
                if (value is not null && value != session.SessionRole.Name)
                {
                    RoleOf(session, value);
                    throw new SqlException(SqlState.FeatureNotSupported, "SET SESSION AUTHORIZATION to another role is not supported");
                }

                break;
            default:
                session.Settings.Set(set.Name, value, set.Scope == SettingScope.Local);
                break;
        }
    }

    private static RoleDescriptor RoleOf(SessionState session, string name)
    {
        RoleDescriptor role = session.Catalog.FindRole(name)
            ?? throw new SqlException(SqlState.InvalidParameterValue, $"role \"{name}\" does not exist");
        if (!session.SessionRole.IsSuperuser && role.Oid != session.SessionRole.Oid)
        {
            throw new SqlException(SqlState.InsufficientPrivilege, $"permission denied to set role \"{name}\"");
        }

        return role;
    }

    /// <summary>The values as one text, as PostgreSQL flattens them: names of a list are quoted where they need it.</summary>
    private static string TextOf(SetSyntax set)
    {
        bool isNameList = set.Name is "search_path" or "temp_tablespaces";
        if (set.Values.Count > 1 && !isNameList && !set.Name.Equals("datestyle", StringComparison.OrdinalIgnoreCase))
        {
            throw new SqlException(SqlState.InvalidParameterValue, $"SET {set.Name} takes only one argument");
        }

        var text = new StringBuilder();
        foreach (ExpressionSyntax value in set.Values)
        {
            string word = TextOf(value);
            text.Append(text.Length > 0 ? ", " : "").Append(isNameList ? Quote(word) : word);
        }

        return text.ToString();
    }

    private static string TextOf(ExpressionSyntax value) => value switch
    {
        StringLiteralSyntax literal => literal.Value,
        IntegerLiteralSyntax literal => literal.Value.ToString(CultureInfo.InvariantCulture),
        NumericLiteralSyntax literal => literal.Text,
        BooleanLiteralSyntax literal => literal.Value ? "true" : "false",
        CastSyntax { Operand: StringLiteralSyntax literal } => literal.Value,
        ColumnReferenceSyntax { Parts: [var name] } => name,
        _ => throw new SqlException(SqlState.FeatureNotSupported, "this value is not supported in SET", value.Position),
    };

    private static string Quote(string name)
    {
        bool isPlain = name.Length > 0 && !char.IsAsciiDigit(name[0])
            && name.All(c => c is '_' or '$' || char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c)) && !name.StartsWith('$');
        return isPlain ? name : "\"" + name.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
    }
}
