namespace Dadbs.Storage.Tests;

internal sealed class ByteOrder : IComparer<byte[]>
{
    public static readonly ByteOrder Instance = new();

    public int Compare(byte[]? x, byte[]? y) => x.AsSpan().SequenceCompareTo(y);
}

/// <summary>What a view must show, kept in sorted dictionaries: the model that trees and overlays are compared with.</summary>
internal sealed class ModelState
{
    private readonly Dictionary<RelationId, SortedDictionary<byte[], byte[]>> _relations = [];

    public ModelState()
    {
    }

    public ModelState(ModelState other)
    {
        foreach ((RelationId relation, SortedDictionary<byte[], byte[]> entries) in other._relations)
            _relations[relation] = new SortedDictionary<byte[], byte[]>(entries, ByteOrder.Instance);
    }

    public IEnumerable<RelationId> Relations => _relations.Keys;

    public SortedDictionary<byte[], byte[]> Of(RelationId relation)
    {
        if (!_relations.TryGetValue(relation, out SortedDictionary<byte[], byte[]>? entries))
            _relations[relation] = entries = new SortedDictionary<byte[], byte[]>(ByteOrder.Instance);
        return entries;
    }

    public void AssertSeenBy(IReadView view, Random random)
    {
        foreach (RelationId relation in _relations.Keys)
        {
            SortedDictionary<byte[], byte[]> entries = Of(relation);
            Assert.Equal(entries.Count, view.CountEntries(relation));
            AssertRange(view, relation, KeyRange.All);
            for (int i = 0; i < 4; i++)
                AssertRange(view, relation, RandomRange(entries, random));
            foreach (byte[] key in entries.Keys.Take(20))
            {
                Assert.True(view.TryGet(relation, key, out ReadOnlyMemory<byte> value));
                Assert.Equal(entries[key], value.ToArray());
                byte[] absent = [.. key, 0x07, 0x07];
                Assert.Equal(entries.ContainsKey(absent), view.TryGet(relation, absent, out _));
            }
        }
    }

    private void AssertRange(IReadView view, RelationId relation, KeyRange range)
    {
        List<KeyValuePair<byte[], byte[]>> expected = [.. Of(relation).Where(entry => range.Contains(entry.Key))];
        Assert.Equal(expected.Count, view.CountRange(relation, range));
        AssertWalk(expected, view.Scan(relation, range));
        AssertSkip(expected, view.Scan(relation, range), expected.Count * 2 / 3);
        expected.Reverse();
        AssertWalk(expected, view.Scan(relation, range, descending: true));
        AssertSkip(expected, view.Scan(relation, range, descending: true), expected.Count / 2);
        AssertSkip(expected, view.Scan(relation, range, descending: true), expected.Count + 1);
    }

    private static void AssertSkip(List<KeyValuePair<byte[], byte[]>> expected, RangeCursor cursor, int count)
    {
        Assert.Equal(Math.Min(count, expected.Count), cursor.Skip(count));
        AssertWalk([.. expected.Skip(count)], cursor);
    }

    private static void AssertWalk(List<KeyValuePair<byte[], byte[]>> expected, RangeCursor cursor)
    {
        using (cursor)
        {
            foreach ((byte[] key, byte[] value) in expected)
            {
                Assert.True(cursor.MoveNext());
                Assert.True(cursor.Key.Span.SequenceEqual(key));
                Assert.True(cursor.Value.Span.SequenceEqual(value));
            }

            Assert.False(cursor.MoveNext());
            Assert.False(cursor.MoveNext());
        }
    }

    private static KeyRange RandomRange(SortedDictionary<byte[], byte[]> entries, Random random)
    {
        byte[]? Bound()
        {
            if (entries.Count == 0 || random.Next(5) == 0)
                return random.Next(2) == 0 ? null : [(byte)random.Next(256)];
            byte[] key = entries.Keys.ElementAt(random.Next(entries.Count));
            return random.Next(3) switch { 0 => key, 1 => [.. key, 0], _ => key[..(key.Length / 2)] };
        }

        return new KeyRange(Bound(), Bound());
    }
}

/// <summary>Random writes, the same ones to an overlay and to a model.</summary>
internal sealed class RandomWrites(Random random, int keySpace, int valueBytesMax, int keyTailMax = 8)
{
    private static readonly RelationId[] Relations = [new(0, 1), new(5, 16384), new(5, 16385), new(6, 1)];

    public void Run(int steps, Overlay overlay, ModelState model, double deletes)
    {
        for (int i = 0; i < steps; i++)
        {
            RelationId relation = Relations[random.Next(Relations.Length)];
            byte[] key = Key();
            if (random.NextDouble() < deletes)
            {
                overlay.Delete(relation, key);
                model.Of(relation).Remove(key);
            }
            else
            {
                var value = new byte[random.Next(valueBytesMax)];
                random.NextBytes(value);
                overlay.Put(relation, key, value);
                model.Of(relation)[key] = value;
            }
        }
    }

    public void Drop(Overlay overlay, ModelState model)
    {
        RelationId relation = Relations[random.Next(Relations.Length)];
        overlay.DropRelation(relation);
        model.Of(relation).Clear();
    }

    /// <summary>Same number, same key: lengths differ between numbers.</summary>
    private byte[] Key()
    {
        int number = random.Next(keySpace);
        byte[] tail = new byte[number * 7 % (keyTailMax + 1)];
        tail.AsSpan().Fill((byte)number);
        return [(byte)(number >> 16), (byte)(number >> 8), (byte)number, .. tail];
    }
}
