using KpGrpc.Repository.Tests.Tree;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KpGrpc.Repository.Tests.Rules.Shape;

/// <summary>
/// A file declares one type, and has its name. Beside it may stand file-scoped types, a record of at most 10 lines, the same name
/// with other type parameters, and a type without content that a source generator fills (an options validator).
/// </summary>
internal sealed class OneTypeRule : IRule
{
    public const int TinyRecordLinesMax = 10;

    public string Name => "one-type";

    public IEnumerable<Finding> Check(RepositoryTree tree) => tree.CSharp.SelectMany(CheckFile);

    private static IEnumerable<Finding> CheckFile(RepositoryFile file)
    {
        var name = file.Name.Split('.')[0];
        var types = TopLevelTypes(file.Syntax).Where(type => !IsFileScoped(type)).ToList();
        if (types.Count > 0 && !types.Any(type => HasName(type, name)))
        {
            yield return new Finding(file.Path, RepositoryFile.LineOf(types[0]), $"No type is called {name}: name the file after {NameOf(types[0])}.");
        }

        foreach (var type in types.Where(type => !HasName(type, name) && !IsTinyRecord(type) && !IsFilledByGenerator(type)).Skip(types.Any(type => HasName(type, name)) ? 0 : 1))
        {
            yield return new Finding(file.Path, RepositoryFile.LineOf(type), $"{NameOf(type)} is a second type: move it to {NameOf(type)}.cs.");
        }
    }

    private static IEnumerable<MemberDeclarationSyntax> TopLevelTypes(CompilationUnitSyntax unit) =>
        unit.Members
            .SelectMany(member => member is BaseNamespaceDeclarationSyntax space ? space.Members.AsEnumerable() : [member])
            .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax);

    private static string NameOf(MemberDeclarationSyntax type) => type is DelegateDeclarationSyntax @delegate
        ? @delegate.Identifier.Text
        : ((BaseTypeDeclarationSyntax)type).Identifier.Text;

    // CommandHandlerOf.cs holds CommandHandler<T> where CommandHandler.cs is taken.
    private static bool HasName(MemberDeclarationSyntax type, string name) =>
        NameOf(type) == name || (type is TypeDeclarationSyntax { TypeParameterList: not null } && NameOf(type) + "Of" == name);

    private static bool IsFileScoped(MemberDeclarationSyntax type) => type.Modifiers.Any(SyntaxKind.FileKeyword);

    private static bool IsTinyRecord(SyntaxNode type) => type is RecordDeclarationSyntax && RepositoryFile.LinesOf(type) <= TinyRecordLinesMax;

    private static bool IsFilledByGenerator(SyntaxNode type) =>
        type is ClassDeclarationSyntax { Members.Count: 0, AttributeLists.Count: > 0 } @class && @class.Modifiers.Any(SyntaxKind.PartialKeyword);
}
