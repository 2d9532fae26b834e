using System.Buffers;

using Google.Protobuf;

using Grpc.Core;

using KpGrpc.Protos.Learner.V1;

using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace KpGrpc.Gateway.Services.Profiles;

/// <summary>Binds GetProfile of the learner's door so that its answer is not encoded again.</summary>
internal static class ProfileBytesBinding
{
    private static readonly Method<GetProfileRequest, EncodedProfile> GetProfile = new(
        MethodType.Unary,
        LearnerService.Descriptor.FullName,
        "GetProfile",
        Marshallers.Create(
            static (request, context) => context.Complete(request.ToByteArray()),
            static context => GetProfileRequest.Parser.ParseFrom(context.PayloadAsReadOnlySequence())),
        Marshallers.Create<EncodedProfile>(
            static (answer, context) =>
            {
                context.SetPayloadLength(answer.Bytes.Length);
                context.GetBufferWriter().Write(answer.Bytes);
                context.Complete();
            },
            static context => new EncodedProfile(context.PayloadAsNewBuffer())));

    /// <summary>Gets a description without methods of JSON: the learner's door itself serves those.</summary>
    public static ServiceDescriptor Descriptor => Protos.Profile.V1.ProfileService.Descriptor;

    /// <summary>Called by the gRPC framework.</summary>
    public static void Bind(ServiceBinderBase binder, ProfileBytesServiceBase? service) =>
        binder.AddMethod(GetProfile, service is null ? null! : service.GetProfile);
}
