using System.Runtime.CompilerServices;
using System.Text;

namespace Dadbs.Sql.Types;

/// <summary>
/// One SQL value of a type known from the plan, 16 bytes. NULL is <c>default</c>: no reference.
/// Fixed-size types keep their value in <see cref="Bits"/> under a marker reference; text, bytea, uuid and json point into a byte array
/// (<see cref="Bits"/> = offset in the high half, length in the low half); numeric keeps a mantissa in <see cref="Bits"/> under a marker that
/// names its scale, or refers to a <see cref="BigNumeric"/>; interval, arrays and records refer to an object.
/// A Datum into a page lives until its cursor's next step; <see cref="Detach"/> copies it out.
/// </summary>
public readonly struct Datum
{
    /// <summary>What every fixed-size value refers to, so that it is not NULL.</summary>
    private static readonly object Fixed = new();

    /// <summary>There are many NaNs, and processors differ in the one they make: stored is only this.</summary>
    private const long CanonicalNaN = 0x7FF8_0000_0000_0000;

    private const int CanonicalSingleNaN = 0x7FC0_0000;

    public object? Ref { get; }

    public long Bits { get; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Datum(object reference, long bits)
    {
        Ref = reference;
        Bits = bits;
    }

    public static Datum Null => default;

    public bool IsNull
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Ref is null;
    }

    public static Datum True => new(Fixed, 1);

    public static Datum False => new(Fixed, 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Datum FromInt64(long value) => new(Fixed, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Datum FromInt32(int value) => new(Fixed, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Datum FromInt16(short value) => new(Fixed, value);

    /// <summary>An oid, xid or cid; kept zero-extended.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Datum FromUInt32(uint value) => new(Fixed, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Datum FromBool(bool value) => new(Fixed, value ? 1 : 0);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Datum FromDouble(double value) => new(Fixed, !double.IsNaN(value) ? BitConverter.DoubleToInt64Bits(value) : CanonicalNaN);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Datum FromSingle(float value) => new(Fixed, !float.IsNaN(value) ? BitConverter.SingleToInt32Bits(value) : CanonicalSingleNaN);

    /// <summary>A value kept as bytes. The array is shared, not copied, and must not change while the Datum lives.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Datum FromBytes(byte[] buffer, int offset, int length) => new(buffer, ((long)offset << 32) | (uint)length);

    public static Datum FromBytes(byte[] buffer) => FromBytes(buffer, 0, buffer.Length);

    /// <summary>Text: UTF-8 bytes, shared as in <see cref="FromBytes(byte[], int, int)"/>.</summary>
    public static Datum FromUtf8(byte[] buffer, int offset, int length) => FromBytes(buffer, offset, length);

    public static Datum FromUtf8(ReadOnlySpan<byte> utf8) => FromBytes(utf8.ToArray());

    public static Datum FromString(string value) => FromBytes(Encoding.UTF8.GetBytes(value));

    /// <summary>A value that lives in an object of its own: interval, array, record, big numeric.</summary>
    public static Datum FromObject(object value) => new(value, 0);

    public long AsInt64
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Bits;
    }

    public int AsInt32
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (int)Bits;
    }

    public short AsInt16
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (short)Bits;
    }

    public uint AsUInt32
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (uint)Bits;
    }

    public bool AsBool
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Bits != 0;
    }

    public double AsDouble
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BitConverter.Int64BitsToDouble(Bits);
    }

    public float AsSingle
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => BitConverter.Int32BitsToSingle((int)Bits);
    }

    /// <summary>True only for a non-NULL boolean true: what WHERE keeps.</summary>
    public bool IsTrue
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Ref is not null && Bits != 0;
    }

    public ReadOnlySpan<byte> AsUtf8Span
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Unsafe.As<byte[]>(Ref), (int)(Bits >> 32), (int)Bits);
    }

    public ReadOnlySpan<byte> AsBytesSpan => AsUtf8Span;

    public ReadOnlyMemory<byte> AsBytesMemory => new(Unsafe.As<byte[]>(Ref), (int)(Bits >> 32), (int)Bits);

    /// <summary>The text as a string: for cold paths only.</summary>
    public string AsString() => Encoding.UTF8.GetString(AsUtf8Span);

    public T As<T>()
        where T : class => Unsafe.As<T>(Ref)!;

    /// <summary>A Datum that owns its bytes, for whoever keeps it beyond the cursor's next step.</summary>
    public Datum Detach()
    {
        if (Ref is not byte[])
            return this;
        var span = AsUtf8Span;
        return Unsafe.As<byte[]>(Ref).Length == span.Length ? this : FromBytes(span.ToArray());
    }

    /// <summary>Bytes this value holds beside its 16: what a memory budget counts.</summary>
    public long RetainedBytes => Ref switch
    {
        byte[] => (uint)Bits + 24L,
        IRetained big => big.RetainedBytes,
        _ => 0,
    };
}

/// <summary>A value object that can say how much memory it holds.</summary>
public interface IRetained
{
    long RetainedBytes { get; }
}
