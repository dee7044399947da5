using System.Text;

namespace Dadbs.Sql.Transactions;

/// <summary>
/// Counts the statements that will make a transaction's body while they gather, so that the statement that would make it too long fails, not COMMIT, and what
/// a session holds stays bounded. Never counts more than the encoding has: <see cref="TransactionBodyCodec.BodyBytesMax"/> decides at the end. One thread.
/// </summary>
public sealed class CarriedBytes
{
    /// <summary>Numbers of fields, lengths, and the digest's bytes.</summary>
    private const int StatementBytes = 8;

    public long Count { get; private set; }

    /// <param name="bytes">What <see cref="Of"/> counted.</param>
    /// <exception cref="SqlException">54000; nothing was added.</exception>
    public void Add(long bytes)
    {
        if (Count + bytes > TransactionBodyCodec.BodyBytesMax) throw TooLong();
        Count += bytes;
    }

    /// <summary>Statements were undone.</summary>
    public void Remove(long bytes) => Count -= bytes;

    public static SqlException TooLong() => new(SqlState.ProgramLimitExceeded, $"statements and parameters of a transaction exceed the limit of {TransactionBodyCodec.BodyBytesMax} bytes")
    {
        Hint = "Write in several transactions.",
    };

    /// <summary>Lines of COPY do not fit.</summary>
    /// <param name="copy">Whose.</param>
    /// <param name="line">The line that was reached, from 1.</param>
    public static SqlException TooLong(CopyFrom copy, long line) => new(SqlState.ProgramLimitExceeded, TooLong().Message)
    {
        Hint = "Split the input into several COPY commands, each a transaction of its own.",
        Where = $"COPY {copy.TableName}, line {line}",
    };

    public static long Of(CarriedStatement statement)
    {
        long bytes = StatementBytes + Encoding.UTF8.GetByteCount(statement.Text) + (statement.Digest?.Length ?? 0) + (statement.CopyLines?.Length ?? 0);
        foreach (byte[]? parameter in statement.Parameters) bytes += 1 + (parameter?.Length ?? 0);
        foreach (CapturedKeys place in statement.CapturedKeys)
        {
            foreach (byte[] key in place.Keys) bytes += 1 + key.Length;
        }

        return bytes + (statement.SequenceValues.Count * 4L);
    }
}
