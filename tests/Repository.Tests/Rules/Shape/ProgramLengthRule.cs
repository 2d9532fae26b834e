using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Shape;

/// <summary>Program.cs has at most 40 lines: it is a server's table of contents.</summary>
internal sealed class ProgramLengthRule : IRule
{
    public const int LinesMax = 40;

    public string Name => "program-length";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.CSharp
        where file.Name == "Program.cs" && file.LineCount > LinesMax
        select new Finding(file.Path, LinesMax + 1, $"{file.LineCount} lines, {LinesMax} at most: move each step into the AddX of its feature.", file.LineCount);
}
