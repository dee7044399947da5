using Dadbs.Sql.Functions;
using Dadbs.Sql.Types;

namespace Dadbs.Sql.Execution;

/// <summary>
/// Keys of one or more values → numbers 0, 1, 2 … in the order in which they were first seen: the ground of hash joins, aggregates, DISTINCT and IN. NULL equals NULL here;
/// who does not want that keeps NULLs out. Open addressing; hashes and order are the same on every node.
/// </summary>
internal sealed class RowHashTable(TypeOperations[] types)
{
    private const int InitialCapacity = 16;

    /// <summary>What an entry costs beside its values: hash, bucket, and the key's place.</summary>
    private const long EntryBytes = 24;

    private readonly int _width = types.Length;
    private int[] _buckets = new int[InitialCapacity];
    private ulong[] _hashes = new ulong[InitialCapacity];
    private Datum[] _keys = new Datum[InitialCapacity * types.Length];
    private int _count;

    public int Count => _count;

    /// <summary>Budget to count memory against; null where the caller counts.</summary>
    public Budget? Budget { get; init; }

    public ReadOnlySpan<Datum> Key(int number) => _keys.AsSpan(number * _width, _width);

    /// <summary>The key's number, or −1.</summary>
    public int Find(ReadOnlySpan<Datum> key)
    {
        ulong hash = HashOf(key);
        int mask = _buckets.Length - 1;
        for (int at = (int)(hash & (uint)mask); ; at = (at + 1) & mask)
        {
            int entry = _buckets[at] - 1;
            if (entry < 0) return -1;
            if (_hashes[entry] == hash && Matches(entry, key)) return entry;
        }
    }

    /// <summary>The key's number, given to it now if it is new. Kept values are detached.</summary>
    public int FindOrAdd(ReadOnlySpan<Datum> key, out bool added)
    {
        ulong hash = HashOf(key);
        int mask = _buckets.Length - 1;
        int at = (int)(hash & (uint)mask);
        for (; ; at = (at + 1) & mask)
        {
            int entry = _buckets[at] - 1;
            if (entry < 0) break;
            if (_hashes[entry] != hash || !Matches(entry, key)) continue;
            added = false;
            return entry;
        }

        if (_count >= _buckets.Length * 3 / 4)
        {
            Grow();
            mask = _buckets.Length - 1;
            for (at = (int)(hash & (uint)mask); _buckets[at] != 0; at = (at + 1) & mask)
            {
            }
        }

        int number = _count++;
        if (number == _hashes.Length) Array.Resize(ref _hashes, number * 2);
        if ((number + 1) * _width > _keys.Length) Array.Resize(ref _keys, Math.Max(_keys.Length * 2, (number + 1) * _width));
        _buckets[at] = number + 1;
        _hashes[number] = hash;
        long bytes = EntryBytes;
        for (int i = 0; i < _width; i++)
        {
            Datum value = key[i].Detach();
            bytes += 16 + value.RetainedBytes;
            _keys[(number * _width) + i] = value;
        }

        Budget?.Allocate(bytes);
        added = true;
        return number;
    }

    private ulong HashOf(ReadOnlySpan<Datum> key)
    {
        ulong hash = 0x9E3779B97F4A7C15;
        for (int i = 0; i < _width; i++)
        {
            ulong part = key[i].IsNull ? 0x6A09E667F3BCC908 : types[i].Hash(key[i]);
            hash = (hash ^ part) * 0xFF51AFD7ED558CCD;
            hash ^= hash >> 32;
        }

        return hash;
    }

    private bool Matches(int entry, ReadOnlySpan<Datum> key)
    {
        int at = entry * _width;
        for (int i = 0; i < _width; i++)
        {
            ref Datum known = ref _keys[at + i];
            if (known.IsNull || key[i].IsNull)
            {
                if (known.IsNull != key[i].IsNull) return false;
            }
            else if (!types[i].AreEqual(known, key[i]))
            {
                return false;
            }
        }

        return true;
    }

    private void Grow()
    {
        int[] buckets = new int[_buckets.Length * 2];
        int mask = buckets.Length - 1;
        for (int entry = 0; entry < _count; entry++)
        {
            int at = (int)(_hashes[entry] & (uint)mask);
            while (buckets[at] != 0) at = (at + 1) & mask;
            buckets[at] = entry + 1;
        }

        _buckets = buckets;
    }
}
