using Grpc.Core;

using KpGrpc.Protos.Profile.V1;

namespace KpGrpc.Gateway.Services.Profiles;

/// <summary>What <see cref="ErasureBinding"/> binds: the framework asks for a virtual method.</summary>
[BindServiceMethod(typeof(ErasureBinding), nameof(ErasureBinding.Bind))]
internal abstract class ErasureServiceBase
{
    public abstract Task<DeleteLearnerResponse> DeleteLearner(DeleteLearnerRequest request, ServerCallContext context);
}
