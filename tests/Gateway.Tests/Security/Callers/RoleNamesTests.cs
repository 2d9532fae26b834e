using KpGrpc.Gateway.Security.Callers;

namespace KpGrpc.Gateway.Tests.Security.Callers;

public sealed class RoleNamesTests
{
    [Theory]
    [InlineData("learner", "learner")]
    [InlineData("operator", "operator")]
    [InlineData("auditor", "auditor")]
    [InlineData("service", "service")]
    [InlineData("partner:producer/a", "partner", "producer/a")]
    [InlineData("partner", "")]
    [InlineData("partner:", "", "")]
    [InlineData("partner:a b", "", "a b")]
    [InlineData("Learner", "")]
    [InlineData("all", "")]
    [InlineData("", "")]
    public void Parse_Name_IsOneRoleOrNone(string name, string role, string? organization = null)
    {
        Assert.Equal(role, RoleNames.Of(RoleNames.Parse(name, out var of)));
        Assert.Equal(organization, of);
    }

    [Fact]
    public void Of_AllRoles_NamesEachOnce() => Assert.Equal("learner, partner, operator, auditor, service", RoleNames.Of(Roles.All));
}
