namespace Dadbs.Sql.Functions;

/// <summary>The option letters of regexp functions and of <c>(?…)</c>.</summary>
internal record struct RegexOptions(bool IgnoreCase, bool Expanded, bool Literal, bool Global, bool DotExcludesNewline, bool AnchorsAtNewlines)
{
    /// <summary>22023 for a letter that is none; <paramref name="allowGlobal"/> says whether g is one.</summary>
    public static RegexOptions Parse(string letters, bool allowGlobal)
    {
        var options = default(RegexOptions);
        foreach (var letter in letters)
        {
            if (letter == 'g' && allowGlobal)
                options.Global = true;
            else if (!options.Apply(letter))
                throw new SqlException(SqlState.InvalidParameterValue, $"invalid regular expression option: \"{letter}\"");
        }
        return options;
    }

    public bool Apply(char letter)
    {
        switch (letter)
        {
            case 'i':
                IgnoreCase = true;
                return true;
            case 'c':
                IgnoreCase = false;
                return true;
            case 'x':
                Expanded = true;
                return true;
            case 't':
                Expanded = false;
                return true;
            case 'q':
                Literal = true;
                return true;
            case 'n' or 'm':
                (DotExcludesNewline, AnchorsAtNewlines) = (true, true);
                return true;
            case 's':
                (DotExcludesNewline, AnchorsAtNewlines) = (false, false);
                return true;
            case 'p':
                (DotExcludesNewline, AnchorsAtNewlines) = (true, false);
                return true;
            case 'w':
                (DotExcludesNewline, AnchorsAtNewlines) = (false, true);
                return true;
            default:
                return letter is 'e' or 'b';
        }
    }
}
