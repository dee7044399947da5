namespace Dadbs.Storage;

/// <summary>
/// Durable map from page id to bytes. Ids are given once and never to other content. Writes become durable at
/// <see cref="Checkpoint"/>; after a restart only <see cref="Recover"/> makes what a checkpoint held visible again. Any number of threads
/// may read while one writes. The same contract suite runs on every implementation.
/// </summary>
public interface IPageStore : IDisposable
{
    /// <summary>Where the pages are, for messages.</summary>
    string Location { get; }

    /// <summary>
    /// The bytes written under an id, in an array that is the caller's. With <paramref name="mayWait"/> false a page that must come from disk
    /// answers <see cref="PageReadOutcome.WouldBlock"/>.
    /// </summary>
    PageReadOutcome Read(PageId id, bool mayWait, out byte[] bytes);

    void Write(PageId id, ReadOnlySpan<byte> bytes);

    /// <summary>Forgets a page that no kept root reaches.</summary>
    void Delete(PageId id);

    /// <summary>Makes every earlier write durable and returns the token that names this state, at most 64 bytes.</summary>
    byte[] Checkpoint();

    /// <summary>
    /// Returns to the state of a token. Called on a freshly opened store before anything else, and again with an older token if it threw
    /// <see cref="CorruptionException"/>.
    /// </summary>
    void Recover(ReadOnlySpan<byte> token);

    /// <summary>Only these tokens will be asked for again: the files of all other checkpoints may go.</summary>
    void Retain(IReadOnlyCollection<byte[]> tokens);

    /// <summary>
    /// One bounded step of giving space back, if there is enough to be had; true if another may follow. Any thread, beside everything else. What it
    /// moved is durable with the next checkpoint; files go with <see cref="Retain"/>.
    /// </summary>
    bool Compact();
}

public enum PageReadOutcome
{
    Found,
    Missing,
    WouldBlock,
}
