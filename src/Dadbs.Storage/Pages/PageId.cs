namespace Dadbs.Storage;

/// <summary>Where a page lies in the local page store. Local to a node: never hashed, never told to peers. 0 is no page.</summary>
public readonly record struct PageId(long Value)
{
    public static PageId None => default;

    public bool IsNone => Value == 0;

    public override string ToString() => Value.ToString();
}
