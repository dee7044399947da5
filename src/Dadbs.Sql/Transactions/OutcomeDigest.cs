using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// What a statement answered, in 16 bytes: the first half of SHA-256 over its command tag, result types and rows in canonical binary, in
/// order under a top-level ORDER BY, else as a multiset. Notices and text formats stay out. A replay whose digest differs aborts with 40001.
/// </summary>
public sealed class OutcomeDigest
{
    public const int Length = 16;

    private readonly IReadOnlyList<SqlType> _types;
    private readonly bool _isOrdered;
    private bool _isSilent;
    private readonly ArrayBufferWriter<byte> _row = new(256);
    private readonly List<UInt128> _rowHashes = [];

    /// <param name="types">The result's column types; empty for a statement that returns no rows.</param>
    /// <param name="isOrdered">The rows have an order of their own.</param>
    public OutcomeDigest(IReadOnlyList<SqlType> types, bool isOrdered)
    {
        _types = types;
        _isOrdered = isOrdered;
    }

    /// <summary>A digest for a statement's results, ordered where its outermost query says ORDER BY.</summary>
    public static OutcomeDigest Of(PreparedStatement statement) => new(
        statement.Columns is null || statement.Syntax is Parsing.ExplainSyntax ? [] : [.. statement.Columns.Columns.Select(c => c.Type.Type)],
        statement.Syntax is Parsing.QuerySyntax { OrderBy.Count: > 0 })
    {
        // What EXPLAIN ANALYZE tells has times in it, and they are the machine's.
        _isSilent = statement.Syntax is Parsing.ExplainSyntax,
    };

    public void AddRow(ReadOnlySpan<Datum> row)
    {
        if (_isSilent) return;
        _row.ResetWrittenCount();
        for (int i = 0; i < _types.Count; i++)
        {
            if (row[i].IsNull)
            {
                WriteInt32(_row, -1);
                continue;
            }

            // The length goes in front once it is known: values are encoded apart.
            var value = new ArrayBufferWriter<byte>(32);
            _types[i].Operations.WriteBinary(row[i], value);
            WriteInt32(_row, value.WrittenCount);
            _row.Write(value.WrittenSpan);
        }

        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(_row.WrittenSpan, hash);
        _rowHashes.Add(BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    public byte[] Finish(string commandTag)
    {
        if (!_isOrdered) _rowHashes.Sort();
        var all = new ArrayBufferWriter<byte>(64 + 16 * _rowHashes.Count);
        byte[] tag = Encoding.UTF8.GetBytes(commandTag);
        WriteInt32(all, tag.Length);
        all.Write(tag);
        WriteInt32(all, _types.Count);
        foreach (SqlType type in _types) WriteInt32(all, (int)type.Oid);
        WriteInt32(all, _rowHashes.Count);
        foreach (UInt128 row in _rowHashes)
        {
            BinaryPrimitives.WriteUInt128BigEndian(all.GetSpan(16), row);
            all.Advance(16);
        }

        return SHA256.HashData(all.WrittenSpan)[..Length];
    }

    private static void WriteInt32(ArrayBufferWriter<byte> writer, int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(writer.GetSpan(4), value);
        writer.Advance(4);
    }
}
