using KpGrpc.Repository.Tests.Tree;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KpGrpc.Repository.Tests.Rules.Naming;

/// <summary>A test is called <c>Method_Condition_Expectation</c>.</summary>
internal sealed class TestNamesRule : IRule
{
    private const int PartsMin = 3;

    public string Name => "test-names";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.CSharp
        where file.IsUnder("tests")
        from method in file.Syntax.DescendantNodes().OfType<MethodDeclarationSyntax>()
        where method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => attribute.Name.ToString() is "Fact" or "Theory")
        where method.Identifier.Text.Split('_', StringSplitOptions.RemoveEmptyEntries).Length < PartsMin
        select new Finding(file.Path, RepositoryFile.LineOf(method.Identifier), $"{method.Identifier.Text}: call it Method_Condition_Expectation.");
}
