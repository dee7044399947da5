using System.Numerics;

namespace Dadbs.Sql.Types;

public enum NumericKind
{
    Finite,
    NaN,
    PositiveInfinity,
    NegativeInfinity,
}

/// <summary>A numeric that does not fit 64 bits of mantissa at scale 0–18: value = Mantissa · 10^-Scale, or one of the special values.</summary>
public sealed class BigNumeric(BigInteger mantissa, int scale, NumericKind kind = NumericKind.Finite) : IRetained
{
    public static BigNumeric NaN { get; } = new(0, 0, NumericKind.NaN);

    public static BigNumeric PositiveInfinity { get; } = new(0, 0, NumericKind.PositiveInfinity);

    public static BigNumeric NegativeInfinity { get; } = new(0, 0, NumericKind.NegativeInfinity);

    public BigInteger Mantissa { get; } = mantissa;

    /// <summary>The display scale: digits after the point, 0 … 16383.</summary>
    public int Scale { get; } = scale;

    public NumericKind Kind { get; } = kind;

    public long RetainedBytes => 64 + Mantissa.GetByteCount();
}
