ENTRY = /\A\d\d:\d\d:\d\d +((?i:debug|info|warn|error)) +([-a-z0-9]+):/
counts = Hash.new(0)
errors = Hash.new(0)
$stdin.each_line(chomp: true) do |line|
  next if line.empty? || line.start_with?(" ", "\t")

  entry = ENTRY.match(line)
  level = entry ? entry[1].upcase : "BROKEN"
  counts[level] += 1
  errors[entry[2]] += 1 if level == "ERROR"
end
%w[DEBUG INFO WARN ERROR BROKEN].each { |name| puts "#{name} #{counts[name]}" }
service, count = errors.min_by { |name, number| [-number, name] }
puts service ? "WORST #{service} #{count}" : "WORST none"
