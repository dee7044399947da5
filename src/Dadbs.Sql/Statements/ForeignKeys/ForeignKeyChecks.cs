using Dadbs.Sql.Catalog;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Rows;
using Dadbs.Sql.Seams;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Statements.ForeignKeys;

/// <summary>Settles events of foreign keys: looks keys up on the other side, and lets <see cref="ForeignKeyActions"/> act.</summary>
internal static class ForeignKeyChecks
{
    /// <exception cref="SqlException">23503.</exception>
    public static void Settle(ForeignKeyEvent pending, StatementContext context)
    {
        if (context.Descriptors.ForeignKeys.Find(pending.ConstraintOid) is not { } constraint) return;
        switch (pending)
        {
            case ReferencingRowEvent row:
                if (IsStillThere(constraint, row, context)) RequirePresent(constraint, row.Values, context);
                break;
            case ReferencedKeyEvent key:
                Settle(constraint, key, context);
                break;
        }
    }

    /// <summary>23503 unless the values satisfy the constraint.</summary>
    public static void RequirePresent(ForeignKey constraint, Datum[] values, StatementContext context)
    {
        int nulls = ForeignKeyValues.CountNulls(values);
        if (constraint.Descriptor.Match == ForeignKeyMatch.Full && nulls == values.Length) return;
        if (nulls > 0)
        {
            if (constraint.Descriptor.Match == ForeignKeyMatch.Full) throw ForeignKeyViolation.MixedNulls(constraint);
            return;
        }

        if (!IsPresent(constraint, values, context)) throw ForeignKeyViolation.Missing(constraint, values, context);
    }

    /// <summary>
    /// Whether the referenced table has the key, none of whose values is NULL. One look-up in its unique index. The row that is found is
    /// locked FOR KEY SHARE, as PostgreSQL does, so that no other transaction of the node removes the key until this one ended.
    /// </summary>
    public static bool IsPresent(ForeignKey constraint, ReadOnlySpan<Datum> values, StatementContext context)
    {
        context.Budget.Step();
        if (!constraint.IsDirect) return Finds(constraint.Plans.FindReferenced(context), [.. values], constraint.Referenced, context);
        if (!ForeignKeyValues.Fit(values, constraint, static (key, i) => key.ReferencedType(i))) return false;
        return HasKey(constraint, values, context, locks: true);
    }

    /// <summary>Whether any row references the key, given in the referenced side's types.</summary>
    public static bool IsReferenced(ForeignKey constraint, Datum[] values, StatementContext context)
    {
        context.Budget.Step();
        if (constraint.IsDirect && !ForeignKeyValues.Fit(values, constraint, static (key, i) => key.ReferencingType(i))) return false;
        return Finds(constraint.Plans.FindReferencing(context), values, constraint.Table, context);
    }

    private static void Settle(ForeignKey constraint, ReferencedKeyEvent key, StatementContext context)
    {
        ReferentialAction action = key.New is null ? constraint.Descriptor.OnDelete : constraint.Descriptor.OnUpdate;
        switch (action)
        {
            case ReferentialAction.NoAction:
                RequireUnreferenced(constraint, key.Old, mayBeBack: true, context);
                break;
            case ReferentialAction.Restrict:
                RequireUnreferenced(constraint, key.Old, mayBeBack: false, context);
                break;
            case ReferentialAction.SetDefault:
                ForeignKeyActions.Apply(constraint, action, key, context);
                // A row whose default is the very key that went is not changed by this, so nothing else would notice it.
                RequireUnreferenced(constraint, key.Old, mayBeBack: true, context);
                break;
            default:
                ForeignKeyActions.Apply(constraint, action, key, context);
                break;
        }
    }

    private static void RequireUnreferenced(ForeignKey constraint, Datum[] old, bool mayBeBack, StatementContext context)
    {
        // Another row may have taken the key over.
        if (mayBeBack && HasKey(constraint, old, context)) return;
        if (IsReferenced(constraint, old, context)) throw ForeignKeyViolation.StillReferenced(constraint, old, context);
    }

    private static bool HasKey(ForeignKey constraint, ReadOnlySpan<Datum> values, StatementContext context, bool locks = false)
    {
        var writer = new KeyWriter(stackalloc byte[256]);
        IReadOnlyList<IndexPart> parts = constraint.Index.Parts;
        for (int i = 0; i < parts.Count; i++) IndexKeys.WritePart(parts[i], values[constraint.PartOrder[i]], ref writer);
        ReadOnlyMemory<byte> entry = default;
        bool found = writer.Length <= Limits.KeyBytesMax && context.State.TryGet(constraint.Index.Entries, writer.Written, out entry);
        if (found && locks && context.Locks.IsActive)
        {
            TableDescriptor referenced = constraint.Referenced;
            context.Locks.TryLock(referenced, referenced.Rows, constraint.Index.IsPrimary ? writer.Written : entry.Span, RowLockStrength.KeyShare, LockWait.Wait);
        }

        writer.Dispose();
        return found;
    }

    private static bool Finds(PreparedStatement query, Datum[] values, TableDescriptor owned, StatementContext context)
    {
        using StatementCursor cursor = query.Open(ForeignKeyActions.ContextOf(owned, values, context));
        return cursor.MoveNext();
    }

    private static bool IsStillThere(ForeignKey constraint, ReferencingRowEvent row, StatementContext context)
    {
        TableDescriptor table = constraint.Table;
        if (!context.State.TryGet(table.Rows, row.RowKey, out ReadOnlyMemory<byte> stored)) return false;
        var values = new Datum[table.Columns.Count];
        table.Codec.Decode(stored, ColumnMask.Of(constraint.Columns), new OverflowSource(context.State, table.Overflow, row.RowKey), values);
        for (int i = 0; i < constraint.Columns.Length; i++)
        {
            if (!ForeignKeyValues.Equal(constraint.ReferencingType(i), values[constraint.Columns[i]], row.Values[i])) return false;
        }

        return true;
    }
}
