using System.Buffers;
using System.Text;
using Dadbs.Storage;

namespace Dadbs.Sql.Types;

/// <summary>text, and what behaves as text: UTF-8 in a shared buffer, ordered by memcmp (the "C" collation).</summary>
public class TextOperations : TypeOperations
{
    public static TextOperations Instance { get; } = new();

    public override Datum ParseText(ReadOnlySpan<byte> utf8, int modifier, TypeSettings settings) => Datum.FromUtf8(utf8);

    public override void FormatText(Datum value, IBufferWriter<byte> output, TypeSettings settings) => output.Write(value.AsUtf8Span);

    /// <summary>22021 for bytes that are not UTF-8 or hold a zero byte.</summary>
    public override Datum ReadBinary(ReadOnlySpan<byte> bytes, int modifier)
    {
        CheckUtf8(bytes);
        return Datum.FromUtf8(bytes);
    }

    /// <summary>22021 as PostgreSQL's pg_verifymbstr reports it.</summary>
    public static void CheckUtf8(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IndexOf((byte)0) < 0 && System.Text.Unicode.Utf8.IsValid(bytes))
            return;
        var i = 0;
        while (i < bytes.Length)
        {
            var status = Rune.DecodeFromUtf8(bytes[i..], out var rune, out var consumed);
            if (status != OperationStatus.Done || rune.Value == 0)
            {
                var shown = Math.Min(Math.Min(bytes[i] < 0x80 ? 1 : bytes[i] < 0xE0 ? 2 : bytes[i] < 0xF0 ? 3 : 4, bytes.Length - i), 8);
                var hex = new StringBuilder();
                for (var j = 0; j < shown; j++)
                    hex.Append(j == 0 ? "0x" : " 0x").Append(Convert.ToHexStringLower(bytes.Slice(i + j, 1)));
                throw new SqlException(SqlState.CharacterNotInRepertoire, $"invalid byte sequence for encoding \"UTF8\": {hex}");
            }
            i += consumed;
        }
    }

    public override void WriteBinary(Datum value, IBufferWriter<byte> output) => output.Write(value.AsUtf8Span);

    public override int Compare(Datum left, Datum right) => left.AsUtf8Span.SequenceCompareTo(right.AsUtf8Span);

    public override bool AreEqual(Datum left, Datum right) => left.AsUtf8Span.SequenceEqual(right.AsUtf8Span);

    public override ulong Hash(Datum value) => StableHash.Bytes(value.AsUtf8Span);

    public override void EncodeKey(Datum value, ref KeyWriter writer) => writer.WriteBytes(value.AsUtf8Span);

    public override void EncodeRow(Datum value, IBufferWriter<byte> output) => output.Write(value.AsUtf8Span);

    public override Datum DecodeRow(byte[] buffer, int offset, int length) => Datum.FromUtf8(buffer, offset, length);
}
