using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;

namespace Dadbs.Sql.Binding;

/// <summary>Column references: PostgreSQL's lookups, messages and hints (parse_relation.c's rules in our words).</summary>
public sealed partial class ExpressionBinder
{
    /// <summary>A hint is given for names at most this many edits away.</summary>
    private const int FuzzyDistanceMax = 3;

    private BoundExpression BindColumn(ColumnReferenceSyntax reference, Scope scope)
    {
        IReadOnlyList<string> parts = reference.Parts;
        return parts.Count switch
        {
            1 => BindUnqualified(parts[0], reference.Position, scope),
            2 => BindQualified(null, parts[0], parts[1], reference.Position, scope),
            3 => BindQualified(parts[0], parts[1], parts[2], reference.Position, scope),
            4 => BindQualified(parts[1], parts[2], parts[3], reference.Position, scope),
            _ => throw new SqlException(SqlState.SyntaxError, $"improper qualified name (too many dotted names): {string.Join('.', parts)}", reference.Position),
        };
    }

    private static BoundExpression BindUnqualified(string name, int position, Scope scope)
    {
        for (Scope? level = scope; level is not null; level = level.Parent)
        {
            ScopeColumn? found = null;
            foreach (ScopeColumn column in level.Columns)
            {
                if (!string.Equals(column.Name, name, StringComparison.Ordinal)) continue;
                if (found is not null) throw new SqlException(SqlState.AmbiguousColumn, $"column reference \"{name}\" is ambiguous", position);
                found = column;
            }

            if (found is not null) return found.Expression with { Position = position };
        }

        // A relation's name alone is its whole row.
        ScopeRelation? relation = FindRelation(null, name, scope);
        if (relation is not null && relation.IsVisible) return WholeRow(relation, position);
        if (SystemColumns.Find(name) is not { } system)
            throw new SqlException(SqlState.UndefinedColumn, $"column \"{name}\" does not exist", position) { Hint = ColumnHint(null, name, scope) };
        return BindSystemColumn(system, position, scope);
    }

    /// <summary>A system column by its bare name: of a relation that stands in FROM by itself, not as a side of a join.</summary>
    private static BoundExpression BindSystemColumn(SystemColumn system, int position, Scope scope)
    {
        ScopeRelation? joined = null;
        for (Scope? level = scope; level is not null; level = level.Parent)
        {
            ScopeRelation[] stored = [.. level.Relations.Where(candidate => candidate.IsVisible && HasSystemColumns(candidate, level))];
            joined ??= Array.Find(stored, relation => relation.IsJoined);
            stored = [.. stored.Where(relation => !relation.IsJoined)];
            if (stored.Length > 1) throw new SqlException(SqlState.AmbiguousColumn, $"column reference \"{system.Name}\" is ambiguous", position);
            if (stored.Length == 1) return SystemColumnOf(stored[0], system, position, level);
        }

        throw new SqlException(SqlState.UndefinedColumn, $"column \"{system.Name}\" does not exist", position)
        {
            Hint = joined is null
                ? ColumnHint(null, system.Name, scope)
                : $"There is a column named \"{system.Name}\" in table \"{joined.Name}\", but it cannot be referenced from this part of the query.",
        };
    }

    private static bool HasSystemColumns(ScopeRelation relation, Scope level) => relation.SystemColumns.Count > 0 || level.Clause == ClauseKind.Check;

    private static BoundExpression SystemColumnOf(ScopeRelation relation, SystemColumn system, int position, Scope level)
    {
        foreach (ScopeColumn column in relation.SystemColumns)
        {
            if (column.Name == system.Name) return column.Expression with { Position = position };
        }

        throw level.Clause == ClauseKind.Check
            ? new SqlException(SqlState.InvalidColumnReference, $"system column \"{system.Name}\" reference in check constraint is invalid", position)
            : new SqlException(SqlState.FeatureNotSupported, $"system column \"{system.Name}\" is not supported", position);
    }

    private static BoundRow WholeRow(ScopeRelation relation, int position) =>
        new([.. relation.Columns.Select(column => column.Expression)]) { Position = position };

    private static BoundExpression BindQualified(string? schema, string table, string name, int position, Scope scope)
    {
        ScopeRelation? relation = FindRelation(schema, table, scope);
        if (relation is null) throw MissingRelation(table, position, scope);
        if (!relation.IsVisible)
        {
            throw new SqlException(SqlState.UndefinedTable, $"invalid reference to FROM-clause entry for table \"{table}\"", position)
            {
                Detail = null,
                Hint = $"There is an entry for table \"{table}\", but it cannot be referenced from this part of the query.",
            };
        }

        ScopeColumn? found = null;
        foreach (ScopeColumn column in relation.Columns)
        {
            if (!string.Equals(column.Name, name, StringComparison.Ordinal)) continue;
            if (found is not null) throw new SqlException(SqlState.AmbiguousColumn, $"column reference \"{name}\" is ambiguous", position);
            found = column;
        }

        if (found is not null) return found.Expression with { Position = position };
        if (SystemColumns.Find(name) is { } system && HasSystemColumns(relation, scope)) return SystemColumnOf(relation, system, position, scope);
        throw new SqlException(SqlState.UndefinedColumn, $"column {table}.{name} does not exist", position) { Hint = ColumnHint(table, name, scope) };
    }

    internal static SqlException MissingRelation(string table, int position, Scope scope)
    {
        // The table is there, under an alias that hides its name?
        for (Scope? level = scope; level is not null; level = level.Parent)
        {
            foreach (ScopeRelation relation in level.Relations)
            {
                if (relation.Descriptor?.Name == table && relation.Name != table)
                {
                    return new SqlException(SqlState.UndefinedTable, $"invalid reference to FROM-clause entry for table \"{table}\"", position)
                    {
                        Hint = $"Perhaps you meant to reference the table alias \"{relation.Name}\".",
                    };
                }
            }
        }

        return new SqlException(SqlState.UndefinedTable, $"missing FROM-clause entry for table \"{table}\"", position);
    }

    internal static ScopeRelation? FindRelation(string? schema, string name, Scope scope)
    {
        for (Scope? level = scope; level is not null; level = level.Parent)
        {
            ScopeRelation? found = null;
            foreach (ScopeRelation relation in level.Relations)
            {
                if (!string.Equals(relation.Name, name, StringComparison.Ordinal)) continue;
                if (schema is not null && relation.SchemaName != schema) continue;
                if (found is not null && found.IsVisible && relation.IsVisible) throw new SqlException(SqlState.AmbiguousAlias, $"table reference \"{name}\" is ambiguous");
                if (found is null || relation.IsVisible) found = relation;
            }

            if (found is not null) return found;
        }

        return null;
    }

    /// <summary>"Perhaps you meant …" for the closest one or two names.</summary>
    private static string? ColumnHint(string? table, string name, Scope scope)
    {
        List<string> closest = [];
        int best = Math.Min(FuzzyDistanceMax, name.Length / 2) + 1;
        for (Scope? level = scope; level is not null; level = level.Parent)
        {
            foreach (ScopeRelation relation in level.Relations)
            {
                int penalty = table is null ? 0 : Distance(table, relation.Name);
                if (penalty > FuzzyDistanceMax) continue;
                foreach (ScopeColumn column in relation.Columns)
                {
                    int distance = penalty + Distance(name, column.Name);
                    if (distance > best || distance > FuzzyDistanceMax || distance - penalty > name.Length / 2) continue;
                    if (distance < best) closest.Clear();
                    best = distance;
                    closest.Add($"{relation.Name}.{column.Name}");
                }
            }
        }

        return closest.Count switch
        {
            1 => $"Perhaps you meant to reference the column \"{closest[0]}\".",
            2 => $"Perhaps you meant to reference the column \"{closest[0]}\" or the column \"{closest[1]}\".",
            _ => null,
        };
    }

    /// <summary>Levenshtein distance, every edit costing one.</summary>
    private static int Distance(string left, string right)
    {
        int[] previous = new int[right.Length + 1];
        int[] current = new int[right.Length + 1];
        for (int j = 0; j <= right.Length; j++) previous[j] = j;
        for (int i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int substitution = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
