using KpGrpc.Repository.Tests.Tree;
using Xunit;

namespace KpGrpc.Repository.Tests.TreeTests;

public sealed class RatchetTests
{
    private static readonly Ratchet Tolerating450 = Ratchet.Parse("""{"file-length": {"src/A.cs": 450}}""");

    [Theory]
    [InlineData(450, 0)]
    [InlineData(451, 1)]
    [InlineData(449, 1)]
    public void Apply_SizeAgainstEntry_OnlyEqualSizePasses(int size, int messages) =>
        Assert.Equal(messages, Tolerating450.Apply("file-length", [new Finding("src/A.cs", 1, "long", size)]).Count());

    [Fact]
    public void Apply_EntryOfCleanFile_AsksToRemoveIt() =>
        Assert.Contains("remove its entry", Assert.Single(Tolerating450.Apply("file-length", [])), StringComparison.Ordinal);

    [Fact]
    public void Apply_FindingWithoutEntry_NamesPlaceAndRule() =>
        Assert.Equal("src/B.cs:7: [region] remove it", Assert.Single(Tolerating450.Apply("region", [new Finding("src/B.cs", 7, "remove it")])));

    [Fact]
    public void Apply_TwoFindingsOfOneFile_AreAddedUp() =>
        Assert.Empty(Tolerating450.Apply("file-length", [new Finding("src/A.cs", 1, "long", 400), new Finding("src/A.cs", 2, "long", 50)]));
}
