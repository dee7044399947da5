using System.Text;

namespace Dadbs.Sql.Functions;

internal enum NumberElement
{
    Literal,
    Nine,
    Zero,
    Decimal,
    Comma,
    Sign,
    Minus,
    Plus,
    PlusMinus,
    Ordinal,
    Currency,
    Roman,
    Other,
}

/// <summary>The template of to_char and to_number (PostgreSQL manual 9.8, table 9.29), taken apart.</summary>
internal sealed class NumberPicture
{
    private static readonly (string Word, Action<NumberPicture, string> Apply)[] Keywords =
    [
        ("PR", (p, _) => p.Bracket = true),
        ("PL", (p, word) => p.AddSign(NumberElement.Plus, word)),
        ("SG", (p, word) => p.AddSign(NumberElement.PlusMinus, word)),
        ("SP", (p, word) => p.Elements.Add((NumberElement.Other, word))),
        ("MI", (p, word) => p.AddSign(NumberElement.Minus, word)),
        ("FM", (p, _) => p.FillMode = true),
        ("RN", (p, word) => p.AddRoman(word)),
        ("TH", (p, word) => p.Elements.Add((NumberElement.Ordinal, word))),
        ("EEEE", (p, _) => p.Exponent = true),
        ("9", (p, word) => p.AddDigit(NumberElement.Nine, word)),
        ("0", (p, word) => p.AddDigit(NumberElement.Zero, word)),
        (".", (p, word) => p.AddDecimal(word)),
        ("D", (p, word) => p.AddDecimal(word)),
        (",", (p, word) => p.Elements.Add((NumberElement.Comma, word))),
        ("G", (p, word) => p.Elements.Add((NumberElement.Comma, word))),
        ("S", (p, _) => p.AddLocaleSign()),
        ("V", (p, _) => p.ShiftsDigits = true),
        ("L", (p, word) => p.Elements.Add((NumberElement.Currency, word))),
        ("B", (_, _) => { }),
        ("C", (p, word) => p.Elements.Add((NumberElement.Other, word))),
    ];

    private NumberPicture()
    {
    }

    public List<(NumberElement Kind, string Text)> Elements { get; } = [];

    /// <summary>Digit positions before the point, after it, and those that V shifts.</summary>
    public int Before { get; private set; }

    public int After { get; private set; }

    public int Shift { get; private set; }

    public bool HasDecimal { get; private set; }

    public bool FillMode { get; private set; }

    public bool Bracket { get; private set; }

    public bool Exponent { get; private set; }

    public bool IsRoman { get; private set; }

    public bool ShiftsDigits { get; private set; }

    /// <summary>Where the first 0 before the point stands, -1 when there is none; past the last 0.</summary>
    public int ZeroStart { get; private set; } = -1;

    public int ZeroEnd { get; private set; }

    public bool HasPlus { get; private set; }

    public bool HasMinus { get; private set; }

    /// <summary>S: the sign stands at the digits, before or after them.</summary>
    public bool HasLocaleSign { get; private set; }

    public bool LocaleSignAfter { get; private set; }

    public int DigitsBeforeLocaleSign { get; private set; }

    public static NumberPicture Parse(string template)
    {
        var picture = new NumberPicture();
        for (var i = 0; i < template.Length;)
        {
            if (template[i] == '"')
            {
                i = picture.ReadQuoted(template, i + 1);
                continue;
            }
            if (template[i] == '\\' && i + 1 < template.Length && template[i + 1] == '"')
                i++;
            var keyword = Array.Find(Keywords, k => string.Compare(template, i, k.Word, 0, k.Word.Length, StringComparison.OrdinalIgnoreCase) == 0);
            if (keyword.Word is null)
            {
                var size = char.IsHighSurrogate(template[i]) && i + 1 < template.Length ? 2 : 1;
                picture.Elements.Add((NumberElement.Literal, template.Substring(i, size)));
                i += size;
                continue;
            }
            keyword.Apply(picture, template.Substring(i, keyword.Word.Length));
            i += keyword.Word.Length;
        }
        if (picture.HasLocaleSign && !picture.LocaleSignAfter && picture.Before == picture.DigitsBeforeLocaleSign)
            picture.LocaleSignAfter = true;
        return picture;
    }

    private int ReadQuoted(string template, int i)
    {
        var text = new StringBuilder();
        for (; i < template.Length && template[i] != '"'; i++)
        {
            if (template[i] == '\\' && i + 1 < template.Length)
                i++;
            text.Append(template[i]);
        }
        Elements.Add((NumberElement.Literal, text.ToString()));
        return i + 1;
    }

    private static SqlException Invalid(string message) => new(SqlState.SyntaxError, message);

    private void AddDigit(NumberElement kind, string word)
    {
        if (Bracket)
            throw Invalid(kind == NumberElement.Nine ? "\"9\" must be ahead of \"PR\"" : "\"0\" must be ahead of \"PR\"");
        if (kind == NumberElement.Zero)
        {
            if (ZeroStart < 0 && !HasDecimal)
                ZeroStart = Before;
        }
        if (ShiftsDigits)
            Shift++;
        else if (HasDecimal)
            After++;
        else
            Before++;
        if (kind == NumberElement.Zero)
            ZeroEnd = Before + After;
        Elements.Add((kind, word));
    }

    private void AddDecimal(string word)
    {
        if (HasDecimal)
            throw Invalid("multiple decimal points");
        if (ShiftsDigits)
            throw Invalid("cannot use \"V\" and decimal point together");
        HasDecimal = true;
        Elements.Add((NumberElement.Decimal, word));
    }

    private void AddSign(NumberElement kind, string word)
    {
        if (HasLocaleSign)
            throw Invalid("cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together");
        HasMinus |= kind is NumberElement.Minus or NumberElement.PlusMinus;
        HasPlus |= kind is NumberElement.Plus or NumberElement.PlusMinus;
        Elements.Add((kind, word));
    }

    private void AddLocaleSign()
    {
        if (HasLocaleSign)
            throw Invalid("cannot use \"S\" twice");
        if (HasPlus || HasMinus || Bracket)
            throw Invalid("cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together");
        HasLocaleSign = true;
        LocaleSignAfter = HasDecimal;
        DigitsBeforeLocaleSign = Before;
        Elements.Add((NumberElement.Sign, "S"));
    }

    private void AddRoman(string word)
    {
        IsRoman = true;
        Elements.Add((NumberElement.Roman, word));
    }
}
