using Google.Protobuf.Reflection;

using KpGrpc.Gateway.Services;

namespace KpGrpc.Gateway.OpenApi;

/// <summary>Which methods of the façades answer in this release: those that a service class overrides.</summary>
internal static class ServedMethods
{
    private static readonly Type[] Services = [typeof(LearnerGrpcService), typeof(PartnerGrpcService), typeof(EventGrpcService)];

    /// <summary>Whether a method answers with more than UNIMPLEMENTED.</summary>
    public static bool Contains(MethodDescriptor method) => Services
        .SelectMany(service => service.GetMethods().Where(member => member.DeclaringType == service))
        .Any(member => member.Name == method.Name && member.GetParameters().FirstOrDefault()?.ParameterType == method.InputType.ClrType);
}
