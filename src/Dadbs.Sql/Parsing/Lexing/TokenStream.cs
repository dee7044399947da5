namespace Dadbs.Sql.Parsing;

/// <summary>All tokens of a text, the last of kind <see cref="TokenKind.End"/> or <see cref="TokenKind.Error"/>.</summary>
/// <param name="Tokens">In order; entries past the last are unused.</param>
/// <param name="LexicalError">Why the lexer stopped; null when it reached the end.</param>
internal readonly record struct TokenStream(Token[] Tokens, SqlException? LexicalError);
