using KpGrpc.Repository.Tests.Tree;

namespace KpGrpc.Repository.Tests.Rules.Build;

/// <summary>Every project is in the solution, so that one build and one test run cover it.</summary>
internal sealed class SolutionRule : IRule
{
    public const string Solution = "KpGrpc.sln";

    public string Name => "solution";

    public IEnumerable<Finding> Check(RepositoryTree tree)
    {
        var solution = tree.Find(Solution)?.Text.Replace('\\', '/');
        return from file in tree.OwnText
               where solution is not null && file.HasExtension(".csproj") && !solution.Contains($"\"{file.Path}\"", StringComparison.Ordinal)
               select new Finding(file.Path, 1, $"It is not in {Solution}: dotnet sln {Solution} add {file.Path}.");
    }
}
