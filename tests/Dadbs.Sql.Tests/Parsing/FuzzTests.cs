using System.Text;
using Dadbs.Sql.Parsing;
using Dadbs.Sql.Tests.Types;

namespace Dadbs.Sql.Tests.Parsing;

/// <summary>Whatever the bytes, the parser answers with a tree or with a <see cref="SqlException"/>. Seeds are fixed; a failing text is in the message.</summary>
public sealed class FuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Survives_random_characters(int seed)
    {
        const string Alphabet = "abcSELECTfrom ()[]'\"$;:,.*+-/<>=~!@#%^&|`?_0123456789eExXuU\\\n\t\u00e4\u20ac\ud83d\ude00\ud800\0";
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var text = new StringBuilder();
            for (var n = random.Next(40); n > 0; n--) text.Append(Alphabet[random.Next(Alphabet.Length)]);
            Try(text.ToString());
        }
    }

    [Fact]
    public void Survives_damaged_statements()
    {
        var random = new Random(3);
        foreach (var line in VectorFile.Read("regression.outcomes"))
        {
            if (line[0].StartsWith('#')) continue;
            var text = line[3];
            for (var i = 0; i < 6; i++)
            {
                var (from, to) = (random.Next(text.Length), random.Next(text.Length));
                Try(text[..Math.Min(from, to)] + text[Math.Max(from, to)..]);
                Try(text[from..] + text[..to]);
            }
        }
    }

    private static void Try(string text)
    {
        try
        {
            foreach (var statement in SqlParser.Parse(text)) SyntaxPrinter.Print(statement.Syntax);
        }
        catch (SqlException)
        {
            // An answer.
        }
        catch (Exception bug)
        {
            throw new InvalidOperationException("parser failed on: " + text, bug);
        }
    }
}
