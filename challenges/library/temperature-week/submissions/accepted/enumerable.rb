Reading = Struct.new(:day, :temperature)

week = $stdin.each_line.map do |line|
  day, text = line.split
  Reading.new(day, Integer(text))
end

coldest, warmest = week.minmax_by(&:temperature)
# minmax_by promises nothing about equal readings, so the earliest of them is looked up.
coldest = week.find { |reading| reading.temperature == coldest.temperature }
warmest = week.find { |reading| reading.temperature == warmest.temperature }

puts "coldest #{coldest.day} #{coldest.temperature}"
puts "warmest #{warmest.day} #{warmest.temperature}"
puts format("mean %.1f", week.sum(&:temperature).fdiv(week.size))
