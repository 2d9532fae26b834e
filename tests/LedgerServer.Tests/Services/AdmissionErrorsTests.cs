using Grpc.Core;

using KpGrpc.LedgerServer.Admission;
using KpGrpc.LedgerServer.Services;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.LedgerServer.Tests.Services;

public sealed class AdmissionErrorsTests
{
    public static TheoryData<int> Reasons => [.. Enum.GetValues<AdmissionReason>().Select(reason => (int)reason)];

    [Theory]
    [MemberData(nameof(Reasons))]
    public void Of_EveryReason_HasARichStatus(int reason)
    {
        var error = AdmissionErrors.Of(new Refused((AdmissionReason)reason, "subject/name", "why"), new FieldViolations());

        Assert.NotEqual(StatusCode.Unknown, error.StatusCode);
        Assert.NotEqual(StatusCode.Internal, error.StatusCode);
        Assert.NotEmpty(error.GetRpcStatus()!.Details);
    }
}
