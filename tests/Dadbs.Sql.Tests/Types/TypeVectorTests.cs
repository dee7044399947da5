using System.Buffers;
using System.Text;
using Dadbs.Sql.Types;
using Dadbs.Storage;

namespace Dadbs.Sql.Tests.Types;

/// <summary>Every type against vectors recorded from PostgreSQL 15 (Vectors/record_types.py): text in and out, binary both ways, errors, keys and rows.</summary>
public sealed class TypeVectorTests
{
    private static readonly List<string[]> Vectors = [.. VectorFile.Read("types.tsv")];

    public static TheoryData<string> Types => [.. Vectors.Select(vector => vector[0]).Distinct()];

    [Theory]
    [MemberData(nameof(Types))]
    public void Reads_and_writes_as_PostgreSQL(string declared)
    {
        var column = DeclaredType.Parse(declared);
        var failures = new List<string>();
        foreach (var vector in Vectors.Where(vector => vector[0] == declared))
        {
            try
            {
                Check(column, vector, failures);
            }
            catch (Exception e) when (e is not SqlException)
            {
                failures.Add($"{vector[1]}: {e}");
            }
        }
        Assert.True(failures.Count == 0, $"{failures.Count} of {Vectors.Count(vector => vector[0] == declared)}:\n{string.Join('\n', failures.Take(40))}");
    }

    private static void Check(ColumnType column, string[] vector, List<string> failures)
    {
        Datum value;
        try
        {
            value = DeclaredType.Read(column, Encoding.UTF8.GetBytes(vector[1]));
        }
        catch (SqlException e)
        {
            if (vector[2] != e.State.Code || vector[3] != e.Message || vector[4] != (e.Detail ?? ""))
                failures.Add($"'{vector[1]}': expected {string.Join(" | ", vector[2..])}, got {e.State.Code} | {e.Message} | {e.Detail}");
            return;
        }
        var text = Text(column.Type, value);
        if (vector[2] != "ok")
        {
            failures.Add($"'{vector[1]}': expected {vector[2]} {vector[3]}, got {text}");
            return;
        }
        if (text != (column.Type == SqlTypes.Boolean ? vector[3][..1] : column.Type == SqlTypes.Char ? text : vector[3]))
            failures.Add($"'{vector[1]}': expected text {vector[3]}, got {text}");
        var binary = Convert.ToHexStringLower(Binary(column.Type, value));
        if (binary != vector[4])
            failures.Add($"'{vector[1]}': expected binary {vector[4]}, got {binary}");
        var back = column.Type.Operations.ReadBinary(Convert.FromHexString(vector[4]), -1);
        if (Text(column.Type, back) != text)
            failures.Add($"'{vector[1]}': binary {vector[4]} read back as {Text(column.Type, back)}");
        var row = Row(column.Type, value);
        if (Text(column.Type, column.Type.Operations.DecodeRow([9, .. row, 9], 1, row.Length)) != text)
            failures.Add($"'{vector[1]}': does not survive its row form");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Orders_keys_as_it_compares_and_hashes_equals_alike(string declared)
    {
        var column = DeclaredType.Parse(declared);
        var operations = column.Type.Operations;
        if (!operations.IsOrderable)
            return;
        var values = Vectors.Where(vector => vector[0] == declared && vector[2] == "ok").Take(150)
            .Select(vector => (Text: vector[1], Value: DeclaredType.Read(column, Encoding.UTF8.GetBytes(vector[1])))).ToList();
        foreach (var (leftText, left) in values)
        {
            foreach (var (rightText, right) in values)
            {
                var order = Math.Sign(operations.Compare(left, right));
                Assert.True(order == Math.Sign(Key(column.Type, left, false).AsSpan().SequenceCompareTo(Key(column.Type, right, false))), $"{leftText} ? {rightText}");
                Assert.True(order == -Math.Sign(Key(column.Type, left, true).AsSpan().SequenceCompareTo(Key(column.Type, right, true))), $"descending {leftText} ? {rightText}");
                Assert.Equal(order == 0, operations.AreEqual(left, right));
                if (order == 0)
                    Assert.Equal(operations.Hash(left), operations.Hash(right));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Refuses_truncated_and_random_binary_without_any_other_exception(string declared)
    {
        var column = DeclaredType.Parse(declared);
        var random = new Random(42);
        foreach (var vector in Vectors.Where(vector => vector[0] == declared && vector[2] == "ok").Take(20))
        {
            var bytes = Convert.FromHexString(vector[4]);
            for (var length = 0; length <= bytes.Length; length++)
                TryRead(bytes[..length]);
            for (var i = 0; i < 50 && bytes.Length > 0; i++)
            {
                var damaged = (byte[])bytes.Clone();
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
                TryRead(damaged);
            }
        }

        void TryRead(byte[] bytes)
        {
            try
            {
                _ = Text(column.Type, column.Type.Operations.ReadBinary(bytes, -1));
            }
            catch (SqlException)
            {
            }
        }
    }

    internal static string Text(SqlType type, Datum value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        type.Operations.FormatText(value, buffer, DeclaredType.Session);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private static byte[] Binary(SqlType type, Datum value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        type.Operations.WriteBinary(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Row(SqlType type, Datum value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        type.Operations.EncodeRow(value, buffer);
        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Key(SqlType type, Datum value, bool descending)
    {
        var writer = new KeyWriter(new byte[256]) { Descending = descending };
        type.Operations.EncodeKey(value, ref writer);
        return writer.ToArray();
    }
}
