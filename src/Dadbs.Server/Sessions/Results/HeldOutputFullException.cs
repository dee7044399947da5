namespace Dadbs.Server.Sessions.Results;

/// <summary>Answers that must be held back are more than may be: the statements are executed in another way, which keeps answers in a file.</summary>
internal sealed class HeldOutputFullException() : Exception("too many bytes of answers are held back");
