using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Shape;

/// <summary>A source file has at most 400 lines (and mostly 120).</summary>
internal sealed class FileLengthRule : IRule
{
    public const int LinesMax = 400;

    // Contracts are long because every field is commented; they are not held to it.
    private static readonly string[] Extensions = [".cs", ".sh", ".js", ".mjs", ".ts", ".py", "Makefile"];

    public string Name => "file-length";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.OwnText
        where Extensions.Any(file.HasExtension) && file.LineCount > LinesMax
        select new Finding(file.Path, LinesMax + 1, $"{file.LineCount} lines, {LinesMax} at most: split it by responsibility.", file.LineCount);
}
