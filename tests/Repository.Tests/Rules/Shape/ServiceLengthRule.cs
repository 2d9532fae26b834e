using KpGrpc.Repository.Tests.Tree;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KpGrpc.Repository.Tests.Rules.Shape;

/// <summary>A gRPC service class (one that derives from a generated <c>XBase</c> in a Services folder) has at most 120 lines.</summary>
internal sealed class ServiceLengthRule : IRule
{
    public const int LinesMax = 120;

    public string Name => "service-length";

    public IEnumerable<Finding> Check(RepositoryTree tree) =>
        from file in tree.CSharp
        where file.IsUnder("src") && file.Path.Contains("/Services/", StringComparison.Ordinal)
        from type in file.Syntax.DescendantNodes().OfType<ClassDeclarationSyntax>()
        where type.BaseList?.Types.Any(parent => parent.Type.ToString().EndsWith("Base", StringComparison.Ordinal)) == true
        let lines = RepositoryFile.LinesOf(type)
        where lines > LinesMax
        select new Finding(
            file.Path, RepositoryFile.LineOf(type), $"{type.Identifier.Text} has {lines} lines, {LinesMax} at most: identify, translate, delegate, translate; the rest belongs below Services/.", lines);
}
