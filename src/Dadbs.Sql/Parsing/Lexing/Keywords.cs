using System.Collections.Frozen;

namespace Dadbs.Sql.Parsing;

/// <summary>Where a keyword may stand as a name (PostgreSQL manual, appendix C).</summary>
internal enum KeywordCategory : byte
{
    /// <summary>A name of anything.</summary>
    Unreserved,

    /// <summary>A name of a column or table, not of a function or type.</summary>
    ColumnName,

    /// <summary>A name of a function or type, not of a column or table.</summary>
    TypeOrFunctionName,

    /// <summary>Only a label after AS, or a name after a dot.</summary>
    Reserved,
}

/// <summary>The keyword table: word, category and whether it may be a column label without AS. Taken from <c>pg_get_keywords()</c>.</summary>
internal static class Keywords
{
    private static readonly string[] Words;
    private static readonly KeywordCategory[] Categories;
    private static readonly bool[] BareLabels;
    private static readonly FrozenDictionary<string, Keyword>.AlternateLookup<ReadOnlySpan<char>> ByWord;

    // One word per keyword, marked: no sign unreserved, '.' column name, ':' type or function name, '!' reserved; a further '-' needs AS to be a label.
    private const string Table =
        "abort absolute access action add admin after aggregate all! also alter always analyse! analyze! and! any! array!- as!- " +
        "asc! asensitive assertion assignment asymmetric! at atomic attach attribute authorization: backward before begin " +
        "between. bigint. binary: bit. boolean. both! breadth by cache call called cascade cascaded case! cast! catalog chain " +
        "char.- character.- characteristics check! checkpoint class close cluster coalesce. collate! collation: column! columns " +
        "comment comments commit committed compression concurrently: configuration conflict connection constraint! constraints " +
        "content continue conversion copy cost create!- cross: csv cube current current_catalog! current_date! current_role! " +
        "current_schema: current_time! current_timestamp! current_user! cursor cycle data database day- deallocate dec. " +
        "decimal. declare default! defaults deferrable! deferred definer delete delimiter delimiters depends depth desc! detach " +
        "dictionary disable discard distinct! do! document domain double drop each else! enable encoding encrypted end! enum " +
        "escape event except!- exclude excluding exclusive execute exists. explain expression extension external extract. " +
        "false! family fetch!- filter- finalize first float. following for!- force foreign! forward freeze: from!- full: " +
        "function functions generated global grant!- granted greatest. group!- grouping. groups handler having!- header hold " +
        "hour- identity if ilike: immediate immutable implicit import in! include including increment index indexes inherit " +
        "inherits initially! inline inner: inout. input insensitive insert instead int. integer. intersect!- interval. into!- " +
        "invoker is: isnull:- isolation join: key label language large last lateral! leading! leakproof least. left: level " +
        "like: limit!- listen load local localtime! localtimestamp! location lock locked logged mapping match matched " +
        "materialized maxvalue merge method minute- minvalue mode month- move name names national. natural: nchar. new next nfc " +
        "nfd nfkc nfkd no none. normalize. normalized not! nothing notify notnull:- nowait null! nullif. nulls numeric. object " +
        "of off offset!- oids old on!- only! operator option options or! order!- ordinality others out. outer: over- overlaps:- " +
        "overlay. overriding owned owner parallel parameter parser partial partition passing password placing! plans policy " +
        "position. preceding precision.- prepare prepared preserve primary! prior privileges procedural procedure procedures " +
        "program publication quote range read real. reassign recheck recursive ref references! referencing refresh reindex " +
        "relative release rename repeatable replace replica reset restart restrict return returning!- returns revoke right: " +
        "role rollback rollup routine routines row. rows rule savepoint schema schemas scroll search second- security select! " +
        "sequence sequences serializable server session session_user! set setof. sets share show similar: simple skip smallint. " +
        "snapshot some! sql stable standalone start statement statistics stdin stdout storage stored strict strip subscription " +
        "substring. support symmetric! sysid system table! tables tablesample: tablespace temp template temporary text then! " +
        "ties time. timestamp. to!- trailing! transaction transform treat. trigger trim. true! truncate trusted type types " +
        "uescape unbounded uncommitted unencrypted union!- unique! unknown unlisten unlogged until update user! using! vacuum " +
        "valid validate validator value values. varchar. variadic! varying- verbose: version view views volatile when! where!- " +
        "whitespace window!- with!- within- without- work wrapper write xml xmlattributes. xmlconcat. xmlelement. xmlexists. " +
        "xmlforest. xmlnamespaces. xmlparse. xmlpi. xmlroot. xmlserialize. xmltable. year- yes zone";

    static Keywords()
    {
        var entries = Table.Split(' ');
        Words = new string[entries.Length + 1];
        Categories = new KeywordCategory[entries.Length + 1];
        BareLabels = new bool[entries.Length + 1];
        Words[0] = "";
        var byWord = new Dictionary<string, Keyword>(entries.Length, StringComparer.Ordinal);
        for (var i = 0; i < entries.Length; i++)
        {
            var word = entries[i].TrimEnd('-', '.', ':', '!');
            var marks = entries[i].AsSpan(word.Length);
            Words[i + 1] = word;
            BareLabels[i + 1] = !marks.EndsWith("-");
            Categories[i + 1] = marks switch
            {
                ['.', ..] => KeywordCategory.ColumnName,
                [':', ..] => KeywordCategory.TypeOrFunctionName,
                ['!', ..] => KeywordCategory.Reserved,
                _ => KeywordCategory.Unreserved,
            };
            byWord.Add(word, (Keyword)(i + 1));
        }

        ByWord = byWord.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>The keyword that a word, already folded to lower case, is; <see cref="Keyword.NoKeyword"/> for any other.</summary>
    public static Keyword Find(ReadOnlySpan<char> folded) => ByWord.TryGetValue(folded, out var keyword) ? keyword : Keyword.NoKeyword;

    public static string Word(Keyword keyword) => Words[(int)keyword];

    public static KeywordCategory Category(Keyword keyword) => Categories[(int)keyword];

    /// <summary>All of them, in byte order.</summary>
    public static IEnumerable<(string Word, KeywordCategory Category, bool IsBareLabel)> All =>
        Enumerable.Range(1, Words.Length - 1).Select(i => (Words[i], Categories[i], BareLabels[i]));

    /// <summary>May it label a column without AS?</summary>
    public static bool IsBareLabel(Keyword keyword) => BareLabels[(int)keyword];
}
