using System.Buffers;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>Pseudo-types have no values of their own: whatever would read or write one is refused with 0A000, as PostgreSQL does.</summary>
public sealed class PseudoOperations : TypeOperations
{
    public static PseudoOperations Instance { get; } = new();

    public override bool IsOrderable => false;

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings) => throw Refusal("accept");

    /// <summary>void prints as nothing.</summary>
    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings)
    {
    }

    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier) => throw Refusal("accept");

    public override void WriteBinary(Datum value, IBufferWriter<byte> output)
    {
    }

    public override int Compare(Datum left, Datum right) => throw Refusal("compare");

    public override ulong Hash(Datum value) => throw Refusal("hash");

    public override void EncodeKey(Datum value, ref KeyWriter writer) => throw Refusal("index");

    public override void EncodeRow(Datum value, IBufferWriter<byte> output) => throw Refusal("store");

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => throw Refusal("read");

    private static SqlException Refusal(string verb) =>
        new(SqlState.FeatureNotSupported, $"cannot {verb} a value of a pseudo-type");
}
