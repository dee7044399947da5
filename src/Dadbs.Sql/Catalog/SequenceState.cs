using System.Buffers.Binary;
using Dadbs.Storage;

namespace Dadbs.Sql.Catalog;

/// <summary>
/// A sequence's counter: a row of <see cref="SystemRelations.SequenceStates"/>, 8 bytes big-endian and a flag. Taking a value is no
/// change of the catalog.
/// </summary>
/// <param name="LastValue">The last value taken, or the next one while <paramref name="IsCalled"/> is false.</param>
/// <param name="IsCalled">A value was taken.</param>
public readonly record struct SequenceState(long LastValue, bool IsCalled)
{
    public static SequenceState Read(IReadView state, uint database, SequenceDescriptor sequence) =>
        state.TryGet(SystemRelations.SequenceStates(database), CatalogKeys.Oid(sequence.Oid), out ReadOnlyMemory<byte> row)
            ? new SequenceState(BinaryPrimitives.ReadInt64BigEndian(row.Span), row.Span[8] != 0)
            : new SequenceState(sequence.Start, false);

    public void Write(Overlay overlay, uint database, uint sequenceOid)
    {
        Span<byte> row = stackalloc byte[9];
        BinaryPrimitives.WriteInt64BigEndian(row, LastValue);
        row[8] = IsCalled ? (byte)1 : (byte)0;
        overlay.Put(SystemRelations.SequenceStates(database), CatalogKeys.Oid(sequenceOid), row);
    }

    public static void Delete(Overlay overlay, uint database, uint sequenceOid) =>
        overlay.Delete(SystemRelations.SequenceStates(database), CatalogKeys.Oid(sequenceOid));

    /// <summary>The value after this state. 2200H past the end of a sequence that does not cycle.</summary>
    public long Next(SequenceDescriptor sequence)
    {
        if (TryNext(sequence, out long next)) return next;
        throw sequence.Increment > 0 ? Exhausted(sequence, "maximum", sequence.Maximum) : Exhausted(sequence, "minimum", sequence.Minimum);
    }

    /// <summary>False at the end of a sequence that does not cycle.</summary>
    public bool TryNext(SequenceDescriptor sequence, out long next)
    {
        next = LastValue;
        if (!IsCalled) return true;
        Int128 following = (Int128)LastValue + sequence.Increment;
        if (following >= sequence.Minimum && following <= sequence.Maximum)
        {
            next = (long)following;
            return true;
        }

        next = sequence.Increment > 0 ? sequence.Minimum : sequence.Maximum;
        return sequence.Cycles;
    }

    private static SqlException Exhausted(SequenceDescriptor sequence, string end, long bound) =>
        new(SqlState.SequenceGeneratorLimitExceeded, $"nextval: reached {end} value of sequence \"{sequence.Name}\" ({bound})");
}
