using KpGrpc.Repository.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KpGrpc.Repository.Tests.Rules.Shape;

/// <summary>A method, constructor, operator or accessor has at most 70 lines from its first to its last (and mostly 30).</summary>
internal sealed class MethodLengthRule : IRule
{
    public const int LinesMax = 70;

    public string Name => "method-length";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.CSharp
        from node in file.Syntax.DescendantNodes()
        where node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or PropertyDeclarationSyntax { ExpressionBody: not null }
        let lines = RepositoryFile.LinesOf(node)
        where lines > LinesMax
        select new Finding(file.Path, RepositoryFile.LineOf(node), $"{NameOf(node)} has {lines} lines, {LinesMax} at most: give its steps names.", lines);

    private static string NameOf(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.Text,
        LocalFunctionStatementSyntax function => function.Identifier.Text,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Text,
        PropertyDeclarationSyntax property => property.Identifier.Text,
        _ => "This member",
    };
}
