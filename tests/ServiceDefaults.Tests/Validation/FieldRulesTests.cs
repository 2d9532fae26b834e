using Google.Protobuf;

using Grpc.Core;

using KpGrpc.ServiceDefaults.Validation;

using Xunit;

namespace KpGrpc.ServiceDefaults.Tests.Validation;

public sealed class FieldRulesTests
{
    [Theory]
    [InlineData("w-0001", true)]
    [InlineData("revenue/org-1/USD", true)]
    [InlineData("", false)]
    [InlineData("with space", false)]
    [InlineData("课程", false)]
    [InlineData("line\nbreak", false)]
    public void IsId_Text_FollowsTheDocumentedAlphabet(string text, bool expected) =>
        Assert.Equal(expected, FieldRules.IsId(text));

    [Fact]
    public void IsId_Length_EndsAtTheDocumentedBound()
    {
        Assert.True(FieldRules.IsId(new string('a', FieldRules.IdCharsMax)));
        Assert.False(FieldRules.IsId(new string('a', FieldRules.IdCharsMax + 1)));
    }

    [Fact]
    public void ThrowIfAny_SeveralRules_AreToldAtOnce()
    {
        var violations = new FieldViolations();

        violations.RequireId("learner_id", string.Empty);
        violations.RequireIdempotencyKey("idempotency_key", ByteString.CopyFrom(1, 2, 3));
        violations.PageSize("page_size", 1_001);
        var error = Assert.Throws<RpcException>(violations.ThrowIfAny);

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.All(["learner_id", "idempotency_key", "page_size"], field => Assert.Contains(field, error.Status.Detail, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, FieldRules.PageSizeDefault)]
    [InlineData(1, 1)]
    [InlineData(1_000, 1_000)]
    public void PageSize_InRange_ReturnsTheRows(int asked, int expected)
    {
        var violations = new FieldViolations();

        Assert.Equal(expected, violations.PageSize("page_size", asked));
        Assert.False(violations.Any);
    }
}
