using KpGrpc.Repository.Tests.Rules.Shape;
using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.RuleTests.Shape;

public sealed class OneTypeRuleTests
{
    [Fact]
    public void Check_TypeOfTheFilesName_FindsNothing() =>
        Assert.Empty(new OneTypeRule().Check(RepositoryTree.Of(("src/A/Order.cs", "class Order;\n"))));

    [Fact]
    public void Check_TinyRecordBeside_FindsNothing() =>
        Assert.Empty(new OneTypeRule().Check(RepositoryTree.Of(("src/A/Order.cs", "class Order;\nrecord Line(int Number);\n"))));

    [Fact]
    public void Check_FileScopedTypeBeside_FindsNothing() =>
        Assert.Empty(new OneTypeRule().Check(RepositoryTree.Of(("src/A/Order.cs", "namespace A;\nclass Order;\nfile class Row;\n"))));

    [Fact]
    public void Check_GenericTwin_FindsNothing() =>
        Assert.Empty(new OneTypeRule().Check(RepositoryTree.Of(("src/A/Order.cs", "class Order;\nclass Order<T>;\n"))));

    [Fact]
    public void Check_ValidatorOfOptions_FindsNothing() =>
        Assert.Empty(new OneTypeRule().Check(RepositoryTree.Of(("src/A/Order.cs", "class Order;\n[OptionsValidator]\npartial class OrderValidator;\n"))));

    [Fact]
    public void Check_GenericTypeInFileOf_FindsNothing() =>
        Assert.Empty(new OneTypeRule().Check(RepositoryTree.Of(("src/A/OrderOf.cs", "class Order<T>;\n"))));

    [Fact]
    public void Check_NoType_FindsNothing() =>
        Assert.Empty(new OneTypeRule().Check(RepositoryTree.Of(("src/A/Program.cs", "return;\n"))));

    [Fact]
    public void Check_SecondClass_IsFound() =>
        Assert.Single(new OneTypeRule().Check(RepositoryTree.Of(("src/A/Order.cs", "namespace A;\nclass Order;\nclass Customer;\n"))));

    [Fact]
    public void Check_LongRecordBeside_IsFound() =>
        Assert.Single(new OneTypeRule().Check(RepositoryTree.Of(("src/A/Order.cs", "class Order;\nrecord Line\n{\n" + new string('\n', 8) + "}\n"))));

    [Fact]
    public void Check_OtherName_IsFound() =>
        Assert.Single(new OneTypeRule().Check(RepositoryTree.Of(("src/A/Order.cs", "enum Customer;\n"))));
}
