using System.Text.Json;

namespace EdgeSplit.Core.Inference;

/// <summary>Reads <c>model.safetensors.index.json</c>, which says in which shard of a checkpoint each tensor lies.</summary>
internal static class CheckpointIndex
{
    /// <summary>Opens the shards in ordinal order of their names.</summary>
    /// <param name="index">The index file.</param>
    /// <param name="folder">The folder of the shards.</param>
    /// <param name="opened">Receives each shard as soon as it is open, so that the caller can close them when a later one fails.</param>
    internal static Dictionary<string, SafetensorsFile> Open(string index, string folder, List<SafetensorsFile> opened)
    {
        var map = Read(index);
        var fileOf = new Dictionary<string, SafetensorsFile>(StringComparer.Ordinal);
        foreach (var shard in map.GroupBy(pair => pair.Value, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var path = Path.Combine(folder, shard.Key);
            if (!File.Exists(path))
            {
                throw new CheckpointException(path, "", "no file", "the shard that " + Path.GetFileName(index) + " names for " + shard.First().Key);
            }

            var file = SafetensorsFile.Open(path);
            opened.Add(file);
            foreach (var (tensor, _) in shard)
            {
                fileOf.Add(tensor, file.Tensors.ContainsKey(tensor) ? file : throw new CheckpointException(path, tensor, "no such tensor", "the tensor that " + Path.GetFileName(index) + " places here"));
            }
        }

        return fileOf;
    }

    private static Dictionary<string, string> Read(string index)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(index));
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
            {
                throw new CheckpointException(index, "weight_map", "no such object", "an object from tensor name to shard file");
            }

            var shards = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var pair in map.EnumerateObject())
            {
                if (pair.Value.ValueKind != JsonValueKind.String)
                {
                    throw new CheckpointException(index, "weight_map." + pair.Name, "a value of kind " + pair.Value.ValueKind, "the name of a shard file");
                }

                if (!shards.TryAdd(pair.Name, Shard(index, pair.Name, pair.Value.GetString()!)))
                {
                    throw new CheckpointException(index, "weight_map." + pair.Name, "the tensor twice", "it once");
                }
            }

            return shards.Count > 0 ? shards : throw new CheckpointException(index, "weight_map", "no tensors", "one at least");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException(index, "", "no readable file (" + error.Message + ")", "the index of a checkpoint's shards", error);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw new CheckpointException(index, "", "broken JSON (" + error.Message + ")", "an object with a weight_map", error);
        }
    }

    /// <summary>The shard's path, if it stays inside the folder whatever the operating system makes of separators.</summary>
    private static string Shard(string index, string tensor, string shard)
    {
        var inside = shard.Length > 0 && !Path.IsPathRooted(shard) && !shard.Contains(':') && !shard.Contains('\\') && !shard.Any(char.IsControl)
            && !shard.Split('/').Any(part => part is "" or "." or "..");
        return inside && shard.EndsWith(".safetensors", StringComparison.Ordinal)
            ? shard
            : throw new CheckpointException(index, "weight_map." + tensor, $"the shard \"{shard}\"", "a .safetensors file inside the checkpoint's folder, by its relative path");
    }
}
