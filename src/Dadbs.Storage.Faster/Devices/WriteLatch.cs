namespace Dadbs.Storage.Faster.Devices;

/// <summary>
/// Shared by all files of one store or log: after the first write or flush that failed nothing more is written to any of them, so that no commit or checkpoint can name what is
/// not there.
/// </summary>
internal sealed class WriteLatch
{
    private Exception? _failure;

    /// <summary>What failed first; null while all is well.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    public bool IsClosed => Failure is not null;

    public void Close(Exception failure) => Interlocked.CompareExchange(ref _failure, failure, null);
}
