using Google.Rpc;

using Grpc.Core;

using KpGrpc.ServiceDefaults.Errors;

using Xunit;

namespace KpGrpc.ServiceDefaults.Tests.Errors;

public sealed class RichErrorsTests
{
    [Fact]
    public void InvalidArgument_SeveralFaults_NamesAllOfThemInTextAndDetail()
    {
        var error = RichErrors.InvalidArgument(
        [
            new BadRequest.Types.FieldViolation { Field = "learner_id", Description = "must be 1 to 128 characters" },
            new BadRequest.Types.FieldViolation { Field = "count", Description = "must be 1 to 100" },
        ]);

        Assert.Equal(StatusCode.InvalidArgument, error.StatusCode);
        Assert.Equal("learner_id: must be 1 to 128 characters; count: must be 1 to 100", error.Status.Detail);
        Assert.Equal(2, error.GetRpcStatus()?.GetDetail<BadRequest>()?.FieldViolations.Count);
    }

    [Fact]
    public void ResourceExhausted_RetryAfter_IsInTheDetail()
    {
        var error = RichErrors.ResourceExhausted("the queue of 8 is full", TimeSpan.FromMilliseconds(250));

        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
        Assert.Equal(TimeSpan.FromMilliseconds(250), error.GetRpcStatus()?.GetDetail<RetryInfo>()?.RetryDelay.ToTimeSpan());
    }

    [Fact]
    public void FailedPrecondition_ReasonAndSubject_AreInTheDetails()
    {
        var error = RichErrors.FailedPrecondition("INSUFFICIENT_FUNDS", "accounts/wallet-1", "pay in at least 5.00 USD");

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        var violation = Assert.Single(error.GetRpcStatus()?.GetDetail<PreconditionFailure>()?.Violations ?? []);
        Assert.Equal(("INSUFFICIENT_FUNDS", "accounts/wallet-1"), (violation.Type, violation.Subject));
        Assert.Equal("INSUFFICIENT_FUNDS", error.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);
    }
}
