using Dadbs.Sql.Parsing;
using Dadbs.Sql.Planning;
using Dadbs.Sql.Seams;

namespace Dadbs.Sql.Binding;

/// <summary>How a table or subquery is to be locked: the strongest of the clauses that apply to it, and the most impatient.</summary>
internal readonly record struct RowLocking(RowLockStrength Strength, LockWait Wait)
{
    /// <summary>FOR UPDATE, …</summary>
    public string Words => WordsOf(Strength);

    public static string WordsOf(RowLockStrength strength) => strength switch
    {
        RowLockStrength.KeyShare => "FOR KEY SHARE",
        RowLockStrength.Share => "FOR SHARE",
        RowLockStrength.NoKeyUpdate => "FOR NO KEY UPDATE",
        _ => "FOR UPDATE",
    };

    public static RowLockStrength StrengthOf(LockStrength strength) => strength switch
    {
        LockStrength.KeyShare => RowLockStrength.KeyShare,
        LockStrength.Share => RowLockStrength.Share,
        LockStrength.NoKeyUpdate => RowLockStrength.NoKeyUpdate,
        _ => RowLockStrength.Update,
    };

    public RowLocking With(RowLocking other) => new((RowLockStrength)Math.Max((byte)Strength, (byte)other.Strength), Impatience(other.Wait) > Impatience(Wait) ? other.Wait : Wait);

    private static int Impatience(LockWait wait) => wait switch { LockWait.Wait => 0, LockWait.SkipLocked => 1, _ => 2 };
}

/// <summary>
/// The row-locking clauses of one query level, and the tables of its FROM that they turn out to mean (PostgreSQL manual, SELECT: The Locking Clause). A
/// clause without OF means all tables, those of subqueries and views included.
/// </summary>
internal sealed class RowLockingLevel(IReadOnlyList<LockingClauseSyntax> clauses, RowLocking? inherited)
{
    private readonly HashSet<QualifiedNameSyntax> _found = new(ReferenceEqualityComparer.Instance);

    /// <summary>Tables to be locked, in the order of FROM.</summary>
    public List<LockedTable> Tables { get; } = [];

    public RowLocking? Inherited => inherited;

    /// <summary>How the item of FROM with this name is to be locked; null: not at all.</summary>
    public RowLocking? Of(string name)
    {
        RowLocking? locking = inherited;
        foreach (LockingClauseSyntax clause in clauses)
        {
            bool applies = clause.Tables.Count == 0;
            foreach (QualifiedNameSyntax table in clause.Tables)
            {
                if (table.Parts.Count != 1 || table.Name != name) continue;
                _found.Add(table);
                applies = true;
            }

            if (!applies) continue;
            RowLocking one = new(RowLocking.StrengthOf(clause.Strength), clause.Wait);
            locking = locking?.With(one) ?? one;
        }

        return locking;
    }

    /// <summary>0A000 where OF names something that has no rows to lock.</summary>
    public void RefuseNamed(string name, string what)
    {
        foreach (LockingClauseSyntax clause in clauses)
        {
            foreach (QualifiedNameSyntax table in clause.Tables)
            {
                if (table.Parts.Count == 1 && table.Name == name)
                    throw new SqlException(SqlState.FeatureNotSupported, $"{RowLocking.WordsOf(RowLocking.StrengthOf(clause.Strength))} cannot be applied to {what}", table.Position);
            }
        }
    }

    /// <summary>42P01 for a name that OF has and FROM has not.</summary>
    public void RequireAllFound()
    {
        foreach (LockingClauseSyntax clause in clauses)
        {
            string words = RowLocking.WordsOf(RowLocking.StrengthOf(clause.Strength));
            foreach (QualifiedNameSyntax table in clause.Tables)
            {
                if (table.Parts.Count != 1) throw new SqlException(SqlState.SyntaxError, $"{words} must specify unqualified relation names", table.Position);
                if (!_found.Contains(table)) throw new SqlException(SqlState.UndefinedTable, $"relation \"{table.Name}\" in {words} clause not found in FROM clause", table.Position);
            }
        }
    }

    /// <summary>The first clause's words, or the inherited one's: what messages about the whole query say.</summary>
    public string Words => clauses.Count > 0 ? RowLocking.WordsOf(RowLocking.StrengthOf(clauses[0].Strength)) : inherited!.Value.Words;
}
