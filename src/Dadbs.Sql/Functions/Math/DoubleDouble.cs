namespace Dadbs.Sql.Functions;

/// <summary>
/// An unevaluated sum of two doubles, about 106 bits. Only IEEE + − × ÷ and square root, no fused multiply-add, so every machine gives the same
/// bits (T. J. Dekker's and D. E. Knuth's error-free transformations).
/// </summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    private const double Splitter = 134217729; // 2^27 + 1

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    public double Value => High + Low;

    private static DoubleDouble QuickSum(double a, double b)
    {
        var sum = a + b;
        return new DoubleDouble(sum, b - (sum - a));
    }

    private static DoubleDouble ExactSum(double a, double b)
    {
        var sum = a + b;
        var part = sum - a;
        return new DoubleDouble(sum, (a - (sum - part)) + (b - part));
    }

    private static DoubleDouble ExactProduct(double a, double b)
    {
        var product = a * b;
        var t = Splitter * a;
        var aHigh = t - (t - a);
        var aLow = a - aHigh;
        t = Splitter * b;
        var bHigh = t - (t - b);
        var bLow = b - bHigh;
        return new DoubleDouble(product, ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow);
    }

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        var high = ExactSum(a.High, b.High);
        var low = ExactSum(a.Low, b.Low);
        var sum = QuickSum(high.High, high.Low + low.High);
        return QuickSum(sum.High, sum.Low + low.Low);
    }

    public static DoubleDouble operator -(DoubleDouble a) => new(-a.High, -a.Low);

    public static DoubleDouble operator -(DoubleDouble a, DoubleDouble b) => a + -b;

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var product = ExactProduct(a.High, b.High);
        return QuickSum(product.High, product.Low + (a.High * b.Low + a.Low * b.High));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        var first = a.High / b.High;
        var rest = a - b * first;
        var second = rest.High / b.High;
        rest -= b * second;
        var third = rest.High / b.High;
        var sum = QuickSum(first, second);
        return sum + third;
    }

    public static DoubleDouble Sqrt(DoubleDouble a)
    {
        if (a.High <= 0)
            return 0;
        var guess = (DoubleDouble)Math.Sqrt(a.High);
        return (guess + a / guess) * 0.5;
    }

    /// <summary>Times 2^power, exact unless the result is denormal or overflows.</summary>
    public DoubleDouble Scale(int power) => new(Math.ScaleB(High, power), Math.ScaleB(Low, power));
}
