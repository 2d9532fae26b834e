using Google.Rpc;

using Grpc.Core;

using KpGrpc.ServiceDefaults.Validation;

using Xunit;

namespace KpGrpc.ServiceDefaults.Tests.Validation;

public sealed class FieldViolationsTests
{
    [Fact]
    public void AddAll_FaultsOfAPart_StandAtTheirPlaceInOrder()
    {
        var (part, whole) = (new FieldViolations(), new FieldViolations());
        part.Add("id", "is required");
        part.Add("amount", "must be above 0");
        whole.Add("key", "is required");

        whole.AddAll(part, field => $"parts[0].{field}");

        var error = Assert.Throws<RpcException>(whole.ThrowIfAny);
        Assert.Equal(
            [("key", "is required"), ("parts[0].id", "is required"), ("parts[0].amount", "must be above 0")],
            error.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(fault => (fault.Field, fault.Description)));
    }

    [Fact]
    public void AddAll_FlawlessPart_AddsNothing()
    {
        var whole = new FieldViolations();

        whole.AddAll(new FieldViolations(), field => field);

        Assert.False(whole.Any);
    }
}
