using Grpc.Core;

using KpGrpc.Gateway.Caching;
using KpGrpc.Gateway.Downstream;
using KpGrpc.Protos.Profile.V1;

namespace KpGrpc.Gateway.Services.Profiles;

/// <summary>Relays the erasure of a learner and deletes what the Gateways keep of her, before the answer.</summary>
internal sealed class ErasureGrpcService(ProfileService.ProfileServiceClient upstream, ProfileCache profiles) : ErasureServiceBase
{
    public override Task<DeleteLearnerResponse> DeleteLearner(DeleteLearnerRequest request, ServerCallContext context) =>
        Away.ExplainAsync(EraseAsync(request, context.Deadline, context.CancellationToken), Destination.Inference);

    private async Task<DeleteLearnerResponse> EraseAsync(DeleteLearnerRequest request, DateTime deadline, CancellationToken cancellationToken)
    {
        try
        {
            // As long as the caller waits: the whole log is read for it.
            var answer = await upstream.DeleteLearnerAsync(request, deadline: deadline, cancellationToken: cancellationToken);
            await profiles.EraseAsync(request.LearnerId);
            return answer;
        }
        catch (RpcException exception) when (exception.StatusCode is not (StatusCode.InvalidArgument or StatusCode.AlreadyExists or StatusCode.Unimplemented))
        {
            // It may have begun, and what has begun is finished: what is kept has to be asked for anew.
            await profiles.InvalidateAsync(request.LearnerId);
            throw;
        }
    }
}
