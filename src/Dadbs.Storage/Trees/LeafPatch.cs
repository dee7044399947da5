namespace Dadbs.Storage.Trees;

/// <summary>
/// A value that stands in the place of one of the same length in the bytes of a leaf. A leaf of a few changed values is the bytes of the leaf before it and these, so that an
/// update makes some hundred bytes of garbage and not a page (docs/decisions, "A leaf is patched before it is copied").
/// </summary>
/// <param name="Index">Of the entry in its page.</param>
/// <param name="Value">Never changed.</param>
internal readonly record struct LeafPatch(int Index, byte[] Value)
{
    /// <summary>Of one page. With one more the page is copied.</summary>
    public const int CountMax = 8;

    /// <summary>What one costs in memory beside its value, for the accounts of caches.</summary>
    public const int ObjectBytes = 40;
}
