using System.Diagnostics;

namespace Dadbs.Storage;

/// <summary>One written key: its bytes, followed in the same array by those of its value unless it is a deletion.</summary>
internal readonly struct Write(byte[] bytes, int keyLength, bool isDelete)
{
    private readonly byte[] _bytes = bytes;
    private readonly int _keyLength = keyLength;

    public bool IsDelete { get; } = isDelete;

    /// <summary>False for the default value, which stands for "was not written".</summary>
    public bool Exists => _bytes is not null;

    public int Bytes => _bytes.Length;

    public ReadOnlySpan<byte> KeySpan => _bytes.AsSpan(0, _keyLength);

    public ReadOnlyMemory<byte> Key => _bytes.AsMemory(0, _keyLength);

    public ReadOnlyMemory<byte> Value => _bytes.AsMemory(_keyLength);

    public static Write Of(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, bool isDelete)
    {
        byte[] bytes = GC.AllocateUninitializedArray<byte>(key.Length + value.Length);
        key.CopyTo(bytes);
        value.CopyTo(bytes.AsSpan(key.Length));
        return new Write(bytes, key.Length, isDelete);
    }
}

/// <summary>
/// The writes of one overlay to one relation in key order: runs of at most <see cref="RunMax"/> entries in an array of runs, a B+tree of two
/// levels. A handful of writes is one small array. <see cref="Version"/> changes with every structural change, so that a
/// cursor knows when its place must be looked up again.
/// </summary>
internal sealed class SortedWrites
{
    private const int RunMax = 128;
    private const int FirstRunCapacity = 4;

    /// <summary>A run of so many entries is kept for others.</summary>
    private const int KeptCapacity = 16;

    private Run[] _runs = [new Run(FirstRunCapacity)];
    private int _runCount = 1;

    public int Count { get; private set; }

    public int Version { get; private set; }

    /// <summary>A position: run and index in it. Valid while <see cref="Version"/> stands still.</summary>
    internal readonly record struct Place(int Run, int Index);

    public Place Start => new(0, -1);

    public Place End => new(_runCount, 0);

    public ref readonly Write At(Place place) => ref _runs[place.Run].Items[place.Index];

    public bool TryFind(ReadOnlySpan<byte> key, out Write write)
    {
        if (IsBehindAll(key))
        {
            write = default;
            return false;
        }

        Run run = _runs[RunOf(key)];
        int index = run.Search(key);
        write = index >= 0 ? run.Items[index] : default;
        return index >= 0;
    }

    /// <summary>Enters a write and returns what it replaced (the default value if nothing).</summary>
    public Write Set(in Write write)
    {
        ReadOnlySpan<byte> key = write.KeySpan;
        if (IsBehindAll(key))
        {
            Insert(_runCount - 1, _runs[_runCount - 1].Count, write);
            return default;
        }

        int r = RunOf(key);
        Run run = _runs[r];
        int index = run.Search(key);
        if (index >= 0)
        {
            Write replaced = run.Items[index];
            run.Items[index] = write;
            Version++;
            return replaced;
        }

        Insert(r, ~index, write);
        return default;
    }

    /// <summary>The same writes, for an owner of its own.</summary>
    public SortedWrites Clone()
    {
        var runs = new Run[_runs.Length];
        for (int i = 0; i < _runCount; i++) runs[i] = _runs[i].Clone();
        return new SortedWrites { _runs = runs, _runCount = _runCount, Count = Count };
    }

    /// <summary>Forgets all writes; false where there were so many that their room is not worth keeping.</summary>
    public bool TryClear()
    {
        Run first = _runs[0];
        if (_runs.Length > 1 || first.Items.Length > KeptCapacity)
            return false;
        Array.Clear(first.Items, 0, first.Count);
        first.Count = 0;
        Count = 0;
        Version++;
        return true;
    }

    /// <summary>The run of writes that a place is in, and the first place behind it.</summary>
    public ReadOnlySpan<Write> RestOfRun(Place place, out Place next)
    {
        Run run = _runs[place.Run];
        next = new Place(place.Run, run.Count - 1);
        return run.Items.AsSpan(place.Index, run.Count - place.Index);
    }

    public void Remove(ReadOnlySpan<byte> key)
    {
        int r = RunOf(key);
        Run run = _runs[r];
        int index = run.Search(key);
        Debug.Assert(index >= 0, "only what was written is undone");
        run.Count--;
        Array.Copy(run.Items, index + 1, run.Items, index, run.Count - index);
        run.Items[run.Count] = default;
        if (run.Count == 0 && _runCount > 1)
        {
            _runCount--;
            Array.Copy(_runs, r + 1, _runs, r, _runCount - r);
            _runs[_runCount] = null!;
        }

        Count--;
        Version++;
    }

    /// <summary>The first place after <paramref name="place"/>; false at the end.</summary>
    public bool MoveForward(ref Place place)
    {
        (int run, int index) = (place.Run, place.Index + 1);
        while (run < _runCount && index >= _runs[run].Count)
            (run, index) = (run + 1, 0);
        place = new Place(run, index);
        return run < _runCount;
    }

    public bool MoveBack(ref Place place)
    {
        (int run, int index) = (place.Run, place.Index - 1);
        while (index < 0 && run > 0)
        {
            run--;
            index = _runs[run].Count - 1;
        }

        place = new Place(run, index);
        return index >= 0;
    }

    /// <summary>The last place whose key is less than <paramref name="key"/> (or not greater, if <paramref name="inclusive"/>); may be <see cref="Start"/>.</summary>
    public Place PlaceBefore(ReadOnlySpan<byte> key, bool inclusive)
    {
        int r = RunOf(key);
        int index = _runs[r].Search(key);
        int before = index >= 0 ? (inclusive ? index : index - 1) : ~index - 1;
        return new Place(r, before);
    }

    /// <summary>The place whose predecessor is <see cref="PlaceBefore"/>: where a walk backwards to smaller keys starts.</summary>
    public Place PlaceAfter(ReadOnlySpan<byte> key, bool inclusive)
    {
        Place before = PlaceBefore(key, inclusive);
        return new Place(before.Run, before.Index + 1);
    }

    /// <summary>Runs of writes often ascend: one comparison then says where.</summary>
    private bool IsBehindAll(ReadOnlySpan<byte> key)
    {
        Run last = _runs[_runCount - 1];
        return last.Count > 0 && last.Items[last.Count - 1].KeySpan.SequenceCompareTo(key) < 0;
    }

    private int RunOf(ReadOnlySpan<byte> key)
    {
        int low = 0;
        int high = _runCount - 1;
        while (low < high)
        {
            int middle = (low + high + 1) >>> 1;
            if (_runs[middle].Items[0].KeySpan.SequenceCompareTo(key) <= 0)
                low = middle;
            else
                high = middle - 1;
        }

        return low;
    }

    private void Insert(int r, int index, in Write write)
    {
        Run run = _runs[r];
        if (run.Count == RunMax)
        {
            // Ascending fills leave full runs behind; anything else leaves halves.
            int kept = index == RunMax && r == _runCount - 1 ? RunMax : RunMax / 2;
            Split(r, kept);
            if (index > kept || kept == RunMax)
            {
                run = _runs[r + 1];
                index -= kept;
            }
        }

        run.Insert(index, write);
        Count++;
        Version++;
    }

    private void Split(int r, int kept)
    {
        if (_runCount == _runs.Length)
            Array.Resize(ref _runs, _runs.Length * 2);
        Array.Copy(_runs, r + 1, _runs, r + 2, _runCount - r - 1);
        _runs[r + 1] = _runs[r].SplitOff(kept);
        _runCount++;
    }

    private sealed class Run(int capacity)
    {
        public Write[] Items = new Write[capacity];
        public int Count;

        public int Search(ReadOnlySpan<byte> key)
        {
            int low = 0;
            int high = Count - 1;
            while (low <= high)
            {
                int middle = (low + high) >>> 1;
                int order = Items[middle].KeySpan.SequenceCompareTo(key);
                if (order == 0)
                    return middle;
                if (order < 0)
                    low = middle + 1;
                else
                    high = middle - 1;
            }

            return ~low;
        }

        public void Insert(int index, in Write write)
        {
            if (Count == Items.Length)
                Array.Resize(ref Items, Math.Min(RunMax, Items.Length * 4));
            Array.Copy(Items, index, Items, index + 1, Count - index);
            Items[index] = write;
            Count++;
        }

        public Run Clone()
        {
            var copy = new Run(Items.Length) { Count = Count };
            Array.Copy(Items, copy.Items, Count);
            return copy;
        }

        public Run SplitOff(int kept)
        {
            var right = new Run(RunMax);
            right.Count = Count - kept;
            Array.Copy(Items, kept, right.Items, 0, right.Count);
            Array.Clear(Items, kept, right.Count);
            Count = kept;
            return right;
        }
    }
}
