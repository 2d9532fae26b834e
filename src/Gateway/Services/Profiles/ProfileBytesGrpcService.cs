using Grpc.Core;

using KpGrpc.Gateway.Downstream;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Gateway.Services.Profiles;

/// <summary>GetProfile of the learner's door over gRPC, in bytes.</summary>
internal sealed class ProfileBytesGrpcService(ProfileReader profiles) : ProfileBytesServiceBase
{
    public override Task<EncodedProfile> GetProfile(GetProfileRequest request, ServerCallContext context)
    {
        Requests.Check(request);
        var bytes = profiles.ReadBytesAsync(request, context.CancellationToken);
        return bytes.IsCompletedSuccessfully ? Task.FromResult(new EncodedProfile(bytes.Result)) : AwaitAsync(bytes);
    }

    private static async Task<EncodedProfile> AwaitAsync(ValueTask<byte[]> bytes) =>
        new(await Away.ExplainAsync(bytes.AsTask(), Destination.Inference));
}
