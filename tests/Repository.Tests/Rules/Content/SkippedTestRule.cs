using KpGrpc.Repository.Tests.Tree;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KpGrpc.Repository.Tests.Rules.Content;

/// <summary>No test is switched off in its attribute: one that needs an outside part asks for it with <c>Assert.SkipUnless</c>.</summary>
internal sealed class SkippedTestRule : IRule
{
    public string Name => "skipped-test";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.CSharp
        from argument in file.Syntax.DescendantNodes().OfType<AttributeArgumentSyntax>()
        where argument.NameEquals?.Name.Identifier.Text == "Skip"
        select new Finding(file.Path, RepositoryFile.LineOf(argument), "A test that never runs protects nothing: repair or remove it, or call Assert.SkipUnless(found, reason).");
}
