using System.Text;

namespace Dadbs.Storage.Tests.Logs;

/// <summary>What every append log does. Shared by the projects that have one.</summary>
public abstract class AppendLogContract : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    protected string Place => _directory.Path;

    /// <summary>Opens the log of this test, or opens it again after <see cref="Crash"/>.</summary>
    protected abstract IAppendLog Open();

    /// <summary>Ends the process, as far as the log can see: what was not flushed may be gone.</summary>
    protected abstract void Crash(IAppendLog log);

    public void Dispose()
    {
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    protected static byte[] Record(int number, int length = 40)
    {
        var record = new byte[length];
        new Random(number).NextBytes(record);
        return record;
    }

    private static string Text(IEnumerable<LogRecord> records) => string.Join(' ', records.Select(record => Encoding.UTF8.GetString(record.Bytes.Span)));

    [Fact]
    public void A_new_log_is_empty()
    {
        using IAppendLog log = Open();
        Assert.Equal(log.FirstAddress, log.NextAddress);
        Assert.Empty(log.Read(log.FirstAddress));
        Assert.False(log.TryRead(log.FirstAddress, out _));
    }

    [Fact]
    public void Records_come_back_by_scan_and_by_address()
    {
        using IAppendLog log = Open();
        long a = log.Append("a"u8);
        long empty = log.Append([]);
        log.Flush();
        long c = log.Append("ccc"u8);
        log.Flush();
        Assert.True(a < empty && empty < c && c < log.NextAddress);
        Assert.Equal([a, empty, c], log.Read(log.FirstAddress).Select(record => record.Address));
        Assert.Equal("a  ccc", Text(log.Read(log.FirstAddress)));
        Assert.Equal("ccc", Text(log.Read(c)));
        Assert.True(log.TryRead(c, out byte[] record));
        Assert.Equal("ccc"u8.ToArray(), record);
    }

    [Fact]
    public void Flushed_records_survive_a_crash_and_the_log_goes_on()
    {
        IAppendLog log = Open();
        var kept = new List<(long Address, int Number)>();
        for (int i = 0; i < 300; i++)
        {
            kept.Add((log.Append(Record(i, 1 + i * 13 % 900)), i));
            if (i % 7 == 0)
                log.Flush();
        }

        log.Flush();
        log.Append(Record(1000));
        Crash(log);
        log = Open();
        for (int i = 300; i < 330; i++)
            kept.Add((log.Append(Record(i, 1 + i * 13 % 900)), i));
        log.Flush();
        Crash(log);
        using IAppendLog again = Open();
        // What was not flushed may have survived, complete and in its place, or not.
        Assert.Subset(again.Read(again.FirstAddress).Select(record => record.Address).ToHashSet(), kept.Select(entry => entry.Address).ToHashSet());
        foreach ((long address, int number) in kept)
        {
            Assert.True(again.TryRead(address, out byte[] record));
            Assert.Equal(Record(number, 1 + number * 13 % 900), record);
        }
    }

    [Fact]
    public void Large_records_come_back()
    {
        IAppendLog log = Open();
        byte[] large = Record(1, 5_000_000);
        long before = log.Append("x"u8);
        long address = log.Append(large);
        long after = log.Append("y"u8);
        log.Flush();
        Crash(log);
        using IAppendLog again = Open();
        Assert.Equal([before, address, after], again.Read(again.FirstAddress).Select(record => record.Address));
        Assert.True(again.TryRead(address, out byte[] record));
        Assert.True(large.AsSpan().SequenceEqual(record));
    }

    [Fact]
    public void Truncation_keeps_everything_from_its_address_on()
    {
        IAppendLog log = Open();
        var addresses = new List<long>();
        for (int i = 0; i < 400; i++)
            addresses.Add(log.Append(Record(i, 1000)));
        log.Flush();
        log.TruncateBefore(addresses[300]);
        log.Flush();
        Assert.True(log.FirstAddress <= addresses[300]);
        Crash(log);
        using IAppendLog again = Open();
        Assert.Equal(addresses[300..], again.Read(addresses[300]).Select(record => record.Address));
        for (int i = 300; i < 400; i++)
        {
            Assert.True(again.TryRead(addresses[i], out byte[] record));
            Assert.Equal(Record(i, 1000), record);
        }
    }
}
