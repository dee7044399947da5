namespace Dadbs.Storage;

/// <summary>What storage accepts, in bytes unless the name says otherwise.</summary>
public static class Limits
{
    /// <summary>Longest key: PostgreSQL's bound for a B-tree entry on 8 KB pages, kept so that the same indexes fit.</summary>
    public const int KeyBytesMax = 2704;

    /// <summary>
    /// Longest value of one entry. Seven of them (the most that a page may hold before it must split) stay inside one
    /// page of the FASTER log (4 MiB).
    /// </summary>
    public const int ValueBytesMax = 512 * 1024;

    /// <summary>A page whose canonical form is longer than this is split, if it has entries enough for two.</summary>
    public const int PageBytesTarget = 2048;

    /// <summary>A page that shrank below this is merged with a neighbour.</summary>
    public const int PageBytesMin = 512;

    /// <summary>Every page but a root holds at least so many entries.</summary>
    public const int PageEntriesMin = 4;

    /// <summary>More levels than any tree of fan-out four can have on this planet; a deeper page is damage.</summary>
    public const int TreeLevelsMax = 32;

    /// <summary>Longest record of an append log.</summary>
    public const int LogRecordBytesMax = 512 * 1024 * 1024;

    /// <summary>Longest encoded change set that the decoder accepts.</summary>
    public const int ChangeSetBytesMax = 1024 * 1024 * 1024;
}
