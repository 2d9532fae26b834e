namespace KpGrpc.Repository.Tests.Tree;

/// <summary>One place that breaks a rule.</summary>
/// <param name="Path">Repository path with forward slashes.</param>
/// <param name="Line">Line number, from 1.</param>
/// <param name="Message">What is wrong and what to do about it.</param>
/// <param name="Size">How much is wrong, in the rule's own unit; the ratchet adds it up for each file.</param>
internal sealed record Finding(string Path, int Line, string Message, int Size = 1);
