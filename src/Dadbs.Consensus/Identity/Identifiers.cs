namespace Dadbs.Consensus;

/// <summary>A turn of one leader. View 0 is genesis; views only grow.</summary>
public readonly record struct View(long Value) : IComparable<View>
{
    public static View Genesis => default;

    public View Next => new(Value + 1);

    public View Previous => new(Value - 1);

    public int CompareTo(View other) => Value.CompareTo(other.Value);

    public override string ToString() => $"v{Value}";

    public static bool operator <(View left, View right) => left.Value < right.Value;

    public static bool operator >(View left, View right) => left.Value > right.Value;

    public static bool operator <=(View left, View right) => left.Value <= right.Value;

    public static bool operator >=(View left, View right) => left.Value >= right.Value;
}

/// <summary>The number of blocks from genesis (height 0) to a block.</summary>
public readonly record struct Height(long Value) : IComparable<Height>
{
    public static Height Genesis => default;

    public Height Next => new(Value + 1);

    public int CompareTo(Height other) => Value.CompareTo(other.Value);

    public override string ToString() => $"h{Value}";

    public static bool operator <(Height left, Height right) => left.Value < right.Value;

    public static bool operator >(Height left, Height right) => left.Value > right.Value;

    public static bool operator <=(Height left, Height right) => left.Value <= right.Value;

    public static bool operator >=(Height left, Height right) => left.Value >= right.Value;
}

/// <summary>A validator's place in the epoch's ordered set, from 0; also the name of its lane.</summary>
public readonly record struct ValidatorId(int Value) : IComparable<ValidatorId>
{
    public int CompareTo(ValidatorId other) => Value.CompareTo(other.Value);

    public override string ToString() => $"#{Value}";
}

/// <summary>
/// What every step is told about time. <paramref name="Ticks"/> are microseconds of a clock that never goes back and starts anywhere;
/// all timers use it. <paramref name="UtcMicros"/> are microseconds since 1970 UTC, used for block time only.
/// </summary>
public readonly record struct Moment(long Ticks, long UtcMicros);
