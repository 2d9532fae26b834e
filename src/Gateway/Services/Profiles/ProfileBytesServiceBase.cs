using Grpc.Core;

using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Gateway.Services.Profiles;

/// <summary>What <see cref="ProfileBytesBinding"/> binds: the framework asks for a virtual method.</summary>
[BindServiceMethod(typeof(ProfileBytesBinding), nameof(ProfileBytesBinding.Bind))]
internal abstract class ProfileBytesServiceBase
{
    public abstract Task<EncodedProfile> GetProfile(GetProfileRequest request, ServerCallContext context);
}
