using Google.Protobuf;

using Grpc.Core;

using KpGrpc.Protos.Profile.V1;

using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace KpGrpc.Gateway.Services.Profiles;

/// <summary>Binds DeleteLearner alone: the other calls of its service pass through.</summary>
internal static class ErasureBinding
{
    private static readonly Method<DeleteLearnerRequest, DeleteLearnerResponse> DeleteLearner = new(
        MethodType.Unary,
        ProfileService.Descriptor.FullName,
        "DeleteLearner",
        Marshallers.Create(request => request.ToByteArray(), DeleteLearnerRequest.Parser.ParseFrom),
        Marshallers.Create(answer => answer.ToByteArray(), DeleteLearnerResponse.Parser.ParseFrom));

    /// <summary>Gets the description of the service.</summary>
    public static ServiceDescriptor Descriptor => ProfileService.Descriptor;

    /// <summary>Called by the gRPC framework.</summary>
    public static void Bind(ServiceBinderBase binder, ErasureServiceBase? service) =>
        binder.AddMethod(DeleteLearner, service is null ? null! : service.DeleteLearner);
}
